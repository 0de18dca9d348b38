namespace IngestPipeline.Extraction.Metadata;

/// <summary>Settles conflicts between a page's dates.</summary>
internal static class DateChoice
{
    public static Sourced<ArticleDate>? Published(IReadOnlyList<DateCandidate> candidates)
    {
        var best = candidates.FirstOrDefault(c => c.Role != DateRole.Modified && c.Trust >= 200) ?? candidates.FirstOrDefault(c => c.Trust >= 200)
            ?? candidates.FirstOrDefault(c => c.Role != DateRole.Modified) ?? (candidates.Count > 0 ? candidates[0] : null);
        return best is null ? null : new(best.Date, best.Source);
    }

    public static Sourced<ArticleDate>? Modified(IReadOnlyList<DateCandidate> candidates, ArticleDate? published)
    {
        var best = candidates.FirstOrDefault(c => c.Role == DateRole.Modified && c.Trust >= 300 && (published is not { } first || c.Date.Day >= first.Day));
        return best is null ? null : new(best.Date, best.Source);
    }
}
