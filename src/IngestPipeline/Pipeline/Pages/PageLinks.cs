namespace IngestPipeline.Pipeline.Pages;

/// <summary>The addresses by which a page points to more, or to a better form, of its own article.</summary>
internal sealed record PageLinks
{
    /// <summary>A page without such addresses.</summary>
    public static PageLinks None { get; } = new();

    /// <summary>Where the page sends its reader on by itself within a few seconds (meta refresh); null when it does not.</summary>
    public Uri? Refresh { get; init; }

    /// <summary>The next one of a row of pages (<c>rel=next</c>), the page's own markup before that of its head: of what row is not said.</summary>
    public IReadOnlyList<Uri> Next { get; init; } = [];

    /// <summary>The page's AMP form (<c>rel=amphtml</c>), or its form for printing (<c>rel=alternate media=print</c>).</summary>
    public Uri? Variant { get; init; }
}
