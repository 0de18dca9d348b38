using System.Globalization;

namespace IngestPipeline.Pipeline;

/// <summary>Options that change what is written; each is part of the pipeline version.</summary>
public sealed record PipelineOptions
{
    /// <summary>The most days that <see cref="LearnDays"/> may be.</summary>
    public const int MaxLearnDays = 60;

    /// <summary>Days that two articles may lie apart and still be copies: 1 to 365.</summary>
    public int CopyWindowDays { get; init; } = 14;

    /// <summary>Characters of plain text from which a feed's own text counts as an article's text and not as a teaser.</summary>
    public int FeedTextLength { get; init; } = 200;

    /// <summary>Days of a site's articles that teach which blocks it repeats: 0 (nothing is learned) to 60.</summary>
    public int LearnDays { get; init; } = 14;

    /// <summary>One line that names every option and its value, in a fixed order.</summary>
    public string Describe() =>
        string.Create(CultureInfo.InvariantCulture, $"copyWindowDays={CopyWindowDays};feedTextLength={FeedTextLength};learnDays={LearnDays}");
}
