using System.Globalization;
using IngestPipeline.Deduplication;

namespace IngestPipeline.Cli.Comparing;

/// <summary>A comparison in sentences, for the terminal and the page.</summary>
internal static class ComparisonSummary
{
    /// <summary>The decision in one sentence.</summary>
    public static string Decision(ArticleComparison c) => c.Kind switch
    {
        ComparedKind.Exact => $"Exact copies: the same text. {Original(c)} stands for both.",
        ComparedKind.Near => $"Near copies: one is the other edited, cut or padded. {Original(c)} stands for both.",
        ComparedKind.Version => $"Versions of one report: one corrects or updates the other. {Original(c)} stands for both.",
        ComparedKind.Rewrite => $"A rewrite: {(c.OriginalId == c.A.Id ? "B" : "A")} tells the report of {Original(c)} in other words.",
        ComparedKind.Story => "One story: independent reports of one event.",
        _ when c.Vetoed => "Apart: they share words, and give other facts.",
        _ => "Apart: neither a copy nor a rewrite, and no sign of one event.",
    };

    /// <summary>The evidence, a sentence each.</summary>
    public static IEnumerable<string> Evidence(ArticleComparison c)
    {
        yield return c.Measure switch
        {
            "address" => "Measure: address. One of the two holds hardly more than a headline, so that the same address decides and not the texts.",
            "headline" =>
                "Measure: headline. One of the two holds hardly more than a headline, so that the same headline at about the same time decides and not the texts.",
            _ => $"Measure: {c.Measure} {Share(c.Score)}, threshold {Share(c.Threshold)}.",
        };
        yield return $"Containment: B holds {Percent(c.ContainedA)} of A, A holds {Percent(c.ContainedB)} of B.";
        yield return c.Passages.Count == 1 ? "1 shared passage." : string.Create(CultureInfo.InvariantCulture, $"{c.Passages.Count} shared passages.");
        yield return $"Agency credit: A {c.AgencyA ?? "none"}, B {c.AgencyB ?? "none"}.";
        if (c.FactsA.Count > 0)
            yield return $"Facts that differ: A has {Some(c.FactsA)}; B has {Some(c.FactsB)}.";
    }

    /// <summary>What is known of an article besides its text.</summary>
    public static string Heading(CopyDocument article) => string.Join(" · ", new[]
    {
        article.Source,
        article.FirstSeen?.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
        article.Url,
    }.Where(s => !string.IsNullOrEmpty(s)));

    private static string Original(ArticleComparison c) => c.OriginalId == c.A.Id ? "A" : "B";

    private static string Some(IReadOnlyList<string> facts)
    {
        const int Shown = 8;
        return string.Join(", ", facts.Take(Shown)) + (facts.Count > Shown ? ", …" : "");
    }

    private static string Share(int parts) => (parts / 10_000m).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>Ten-thousandths as a percentage. Cut, not rounded: what differs is never "100 %".</summary>
    internal static string Percent(int parts) => (parts / 10 / 10m).ToString("0.#", CultureInfo.InvariantCulture) + " %";
}
