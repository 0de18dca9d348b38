namespace IngestPipeline.Deduplication;

/// <summary>Thresholds of the copy decision. Shares are 0 to 1.</summary>
public sealed record CopyOptions
{
    /// <summary>Articles further apart are never linked, in days.</summary>
    public double WindowDays { get; init; } = 14;

    /// <summary>Articles of the window at most; fewer only in tests.</summary>
    internal int MostArticles { get; init; } = ArticleTable.MostArticles;

    /// <summary>Articles from which a batch may be large; fewer only in tests.</summary>
    internal int LargeBatch { get; init; } = 256;

    /// <summary>Up to this many days apart an edited text counts as a copy; later only a text that is nearly the same, in days.</summary>
    public double FreshDays { get; init; } = 3.5;

    /// <summary>Weighted shingles that a link by containment needs.</summary>
    public int MinShared { get; init; } = 12;

    /// <summary>Share of the shorter text that the longer must hold.</summary>
    public double Containment { get; init; } = 0.60;

    /// <summary>Weighted Jaccard resemblance needed beside <see cref="Containment"/>.</summary>
    public double Resemblance { get; init; } = 0.30;

    /// <summary>Share of a cut text that the longer must hold when the heads agree.</summary>
    public double CutContainment { get; init; } = 0.75;

    /// <summary>Share of the longer text's head that a teaser must hold.</summary>
    public double TeaserHead { get; init; } = 0.8;

    /// <summary>Share of a teaser that the longer text must hold.</summary>
    public double TeaserContainment { get; init; } = 0.25;

    /// <summary>Shingles that a teaser must take in one run.</summary>
    public int HeadRun { get; init; } = 24;

    /// <summary>Share of a reworded text that lies in shared passages or in short gaps between them.</summary>
    public double Bridged { get; init; } = 0.62;

    /// <summary>Containment needed beside <see cref="Bridged"/>.</summary>
    public double BridgedContainment { get; init; } = 0.40;

    /// <summary>Resemblance needed beside <see cref="Bridged"/>.</summary>
    public double BridgedResemblance { get; init; } = 0.15;

    /// <summary>Share of the compared numbers that must differ for two texts to be reports made to one form.</summary>
    public double ExchangedNumbers { get; init; } = 0.34;

    /// <summary>Share of the compared numbers and names that must differ for two long texts to be reports made to one form.</summary>
    public double ExchangedFacts { get; init; } = 0.6;

    /// <summary>Resemblance that a text needs to be a copy of one that is older than <see cref="FreshDays"/>.</summary>
    public double LateResemblance { get; init; } = 0.80;

    /// <summary>Tokens that a text needs to be a copy of one that is older than <see cref="FreshDays"/>.</summary>
    public int LateTokens { get; init; } = 150;

    /// <summary>Texts of fewer weighted shingles must agree in the headline too.</summary>
    public int ThinShingles { get; init; } = 24;

    /// <summary>Words that a headline needs to stand for an article.</summary>
    public int TellingHeadline { get; init; } = 4;

    /// <summary>Hours between two versions of one agency's running story.</summary>
    public double VersionHours { get; init; } = 12;

    /// <summary>Share of a text that stands in a longer page when it is that page's report.</summary>
    public double WholeContainment { get; init; } = 0.78;

    /// <summary>The least length of such a text against the page's.</summary>
    public double WholeRatio { get; init; } = 0.07;

    /// <summary>The least length of a reworded text against the other's.</summary>
    public double BridgedRatio { get; init; } = 0.38;

    /// <summary>Share of a text, from its beginning, that stands in it alone when it is a new report with another outlet's earlier one below.</summary>
    public double NewTop { get; init; } = 0.375;

    /// <summary>Reports further apart are not on one event, in days.</summary>
    public double StoryDays { get; init; } = 2;

    /// <summary>Cosine of the telling words that joins two reports, or two sets of them, to one story, in 1/10,000.</summary>
    public int StoryCosine { get; init; } = 4_500;

    /// <summary>As <see cref="StoryCosine"/> when the time of both reports is unknown, in 1/10,000.</summary>
    public int UndatedStoryCosine { get; init; } = 5_800;

    /// <summary>As <see cref="StoryCosine"/> when the time of one report is unknown, in 1/10,000.</summary>
    public int HalfDatedStoryCosine { get; init; } = 6_200;

    /// <summary>By how much the cosine of two reports may be lower for them to count as related when sets of reports are joined, in 1/10,000.</summary>
    public int StorySlack { get; init; } = 900;

    /// <summary>Share of the shorter report that the longer of another outlet must hold for the two to be joined at the lower cosine.</summary>
    public double StoryText { get; init; } = 0.2;

    /// <summary>The weightiest words that two reports must share to be compared.</summary>
    public int StoryKeys { get; init; } = 3;

    /// <summary>Tokens that a text needs to tell a story.</summary>
    public int StoryTokens { get; init; } = 80;

    /// <summary>Share of the pairs across two sets of reports that must be related before they are one story.</summary>
    public double StoryLinkedShare { get; init; } = 0.5;

    /// <summary>Cosine that a rewrite must reach, in 1/10,000.</summary>
    public int RewriteCosine { get; init; } = 5_000;

    /// <summary>Tokens that each side of a rewrite needs.</summary>
    public int RewriteTokens { get; init; } = 120;

    /// <summary>Share of the words, by weight, that a rewrite has in common with the report, mean of both ways, in 1/10,000.</summary>
    public int RewriteWords { get; init; } = 3_700;

    /// <summary>Share of the word pairs, by weight, that a rewrite has in common with the report, in 1/10,000.</summary>
    public int RewritePairs { get; init; } = 1_100;

    /// <summary>Share of a text's shingles above which it is no rewrite: it keeps the report's own words.</summary>
    public double RewriteContainment { get; init; } = 0.3;

    /// <summary>Shingles in one run above which a text is no rewrite.</summary>
    public int RewriteRun { get; init; } = 25;

    /// <summary>True for a batch whose postings are put in order together and not one by one: many articles, and not few beside those of the window.</summary>
    internal bool IsLarge(int batch, int window) => batch >= Math.Max(LargeBatch, window / 8);
}
