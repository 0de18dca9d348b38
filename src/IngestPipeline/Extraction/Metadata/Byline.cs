namespace IngestPipeline.Extraction.Metadata;

/// <summary>Names that one place of a page gives.</summary>
/// <param name="People">The names that are people's, in order.</param>
/// <param name="Others">The names of outlets, desks and agencies, in order.</param>
internal sealed record Byline(IReadOnlyList<string> People, IReadOnlyList<string> Others)
{
    public static Byline Empty { get; } = new([], []);

    public bool IsEmpty => People.Count + Others.Count == 0;
}
