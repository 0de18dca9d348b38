namespace IngestPipeline.Feeds.Formats;

/// <summary>How good a source of a field an element is: 0 for the format's own element, plus one of these. Lower wins.</summary>
internal static class Ranks
{
    /// <summary>The same element in a namespace that is not the document's.</summary>
    public const int Foreign = 2;

    /// <summary>The most that nesting inside unknown elements adds.</summary>
    public const int MostNesting = 5;

    /// <summary>An element that says nearly the same.</summary>
    public const int Substitute = 10;

    /// <summary>A module's element of the same name.</summary>
    public const int Module = 20;

    /// <summary>A medium's own title or description.</summary>
    public const int Medium = 40;

    /// <summary>Better than nothing.</summary>
    public const int LastResort = 60;
}
