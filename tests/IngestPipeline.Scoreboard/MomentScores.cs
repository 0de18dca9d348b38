using IngestPipeline.Extraction;

namespace IngestPipeline.Scoreboard;

/// <summary>How often the published moment is the truth's to the minute, in the sets whose truths tell a time.</summary>
internal static class MomentScores
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static void Run(BenchRun run)
    {
        foreach (var set in new[] { "fundus", "postlight-meta" })
        {
            var ours = JsonLines.Read(run.Make("extraction", "predictions", set + ".jsonl")).ToDictionary(p => p.Text("id"), p => p.Text("date"), StringComparer.Ordinal);
            var right = (
                from truth in JsonLines.Read(Path.Combine(run.Make("extraction", "truth"), set, "truth.jsonl"))
                let told = Read(truth["date"] is null ? "" : truth.Text("date"))
                where told is { Time: { } time } && time != TimeOnly.MinValue
                select Read(ours.GetValueOrDefault(truth.Text("id"), "")) is { Time: not null } found && IsSame(told.Value, found)).ToArray();
            if (right.Length > 0)
                run.Figures[$"extraction.{set}.metadata.date.minute"] = Math.Round(right.Average(r => r ? 1 : 0), 6);
        }
    }

    private static ArticleDate? Read(string text) => LooseDate.TryParse(text, out var date) ? date : null;

    // A truth without a zone tells UTC or the page's own clock.
    private static bool IsSame(ArticleDate told, ArticleDate found) =>
        told.Offset is null
            ? (told.Instant - found.Instant).Duration() <= Minute || (told.Instant - (found with { Offset = null }).Instant).Duration() <= Minute
            : found.Offset is not null && (told.Instant - found.Instant).Duration() <= Minute;
}
