using System.Text.Json;

namespace IngestPipeline.Records;

/// <summary>
/// The append-only log of what is new, revised or regrouped. Segment N is <c>changes/{N}.ndjson</c>; a consumer keeps the last N it
/// read as its cursor and reads on from N + 1.
/// </summary>
internal static class ChangeLog
{
    private const string Regrouped = "regrouped";

    /// <summary>
    /// The articles whose records a publication may change: those decided about, and those that are or were canonical to them, whose lists of copies
    /// follow. Each has a line.
    /// </summary>
    public static SortedSet<string> Touched(IReadOnlyList<PublishedDecision> decisions)
    {
        var touched = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var decision in decisions)
        {
            touched.Add(decision.Id);
            touched.Add(decision.Decision.CanonicalId);
            if (decision.PreviousCanonicalId is { } previous)
                touched.Add(previous);
        }

        return touched;
    }

    /// <param name="sequence">Its number.</param>
    /// <param name="decisions">What was published.</param>
    /// <param name="others">The latest decisions about the others that it touched, by id. First, so that a segment that was cut lacks a decision's line.</param>
    public static byte[] Segment(int sequence, IReadOnlyList<PublishedDecision> decisions, IReadOnlyList<PublishedDecision> others)
    {
        using var bytes = new MemoryStream();
        foreach (var other in others)
            Write(other, Regrouped, other.Decision.CanonicalId, other.Decision.StoryId);
        foreach (var decision in decisions)
            Write(decision, decision.Cause, decision.PreviousCanonicalId, decision.PreviousStoryId);
        return bytes.ToArray();

        void Write(PublishedDecision decision, string change, string? canonicalBefore, string? storyBefore)
        {
            bytes.Write(RecordJson.Object(json => WriteLine(json, sequence, decision, change, canonicalBefore, storyBefore)));
            bytes.WriteByte((byte)'\n');
        }
    }

    private static void WriteLine(Utf8JsonWriter json, int sequence, PublishedDecision decision, string change, string? canonicalBefore, string? storyBefore)
    {
        json.WriteNumber("cursor", sequence);
        json.WriteString("change", change);
        json.WriteString("id", decision.Id);
        json.WriteString("record", StoreNames.Record(decision.Day, decision.Id));
        json.WriteNumber("articleRevision", decision.ArticleRevision);
        json.WriteNumber("decisionRevision", decision.Revision);
        json.WriteString("canonicalId", decision.Decision.CanonicalId);
        json.WriteString("kind", RecordJson.Name(decision.Decision.Kind));
        json.WriteString("storyId", decision.Decision.StoryId);
        if (canonicalBefore is null)
            return;
        json.WriteString("previousCanonicalId", canonicalBefore);
        json.WriteString("previousStoryId", storyBefore);
    }
}
