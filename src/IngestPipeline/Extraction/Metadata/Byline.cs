namespace IngestPipeline.Extraction.Metadata;

/// <summary>Names that one place of a page gives.</summary>
/// <param name="People">The names that are people's, in order.</param>
/// <param name="Others">The names of outlets, desks and agencies, in order.</param>
/// <param name="IsFirm">True where the place is the article's for sure: its JSON-LD, its meta elements, its own dateline.</param>
internal sealed record Byline(IReadOnlyList<string> People, IReadOnlyList<string> Others, bool IsFirm = false)
{
    public static Byline Empty { get; } = new([], []);

    public bool IsEmpty => People.Count + Others.Count == 0;
}
