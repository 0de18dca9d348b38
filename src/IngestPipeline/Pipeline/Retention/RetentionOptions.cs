using System.Globalization;

namespace IngestPipeline.Pipeline.Retention;

/// <summary>How many days things are kept, counted in whole UTC days before the running one; null = for ever.</summary>
public sealed record RetentionOptions
{
    /// <summary>The least days for captures: a worker that died is made good from them, and a page is looked at again from its last one.</summary>
    public const int LeastCaptureDays = 2;

    /// <summary>The most days of any number.</summary>
    public const int MostDays = 36_500;

    /// <summary>Days that captures are kept: <see cref="LeastCaptureDays"/> or more, and no more than <see cref="ArticleDays"/>.</summary>
    public int? CaptureDays { get; init; }

    /// <summary>
    /// Days that articles and everything made of them are kept, by when they were first seen; more than the days in which copies are recognised. Undated ones
    /// stay.
    /// </summary>
    public int? ArticleDays { get; init; }

    /// <summary>Days that messages stay in quarantine.</summary>
    public int? QuarantineDays { get; init; }

    /// <summary>True when nothing is ever let go.</summary>
    public bool KeepsAll => this is { CaptureDays: null, ArticleDays: null, QuarantineDays: null };

    /// <summary>What is wrong with these numbers and what to write instead; null = nothing.</summary>
    /// <param name="copyWindowDays">Days that two articles may lie apart and still be copies.</param>
    public string? Problem(int copyWindowDays) => this switch
    {
        { CaptureDays: < LeastCaptureDays } =>
            string.Create(
                CultureInfo.InvariantCulture, $"captures are kept {LeastCaptureDays} days at least, because work that was interrupted goes on from them"),
        { ArticleDays: { } articles } when articles <= copyWindowDays =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"articles are kept {copyWindowDays + 1} days at least, because later ones are compared with those of {copyWindowDays} days"),
        { ArticleDays: { } articles, CaptureDays: null } =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"articles are kept {articles} days and captures for ever: a replay would bring the articles back. Keep captures {articles} days or less"),
        { ArticleDays: { } articles, CaptureDays: { } captures } when captures > articles =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"captures are kept {captures} days and articles {articles}: a replay would bring articles back. Keep captures {articles} days or less"),
        { QuarantineDays: < 1 } => "messages stay in quarantine 1 day at least",
        _ => null,
    };
}
