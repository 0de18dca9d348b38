using IngestPipeline.Tests;

namespace IngestPipeline.Scoreboard;

/// <summary>One scoring from data to verdict.</summary>
internal static class Scoring
{
    private static readonly string Project = Path.Combine(RepositoryRoot.Path, "tests", "IngestPipeline.Scoreboard");

    public static async Task<int> RunAsync(Arguments arguments, TextWriter output)
    {
        if (RepositoryRoot.Bench is not { } data)
        {
            await output.WriteLineAsync("scoreboard: the benchmark data (../shared/bench) is not here; nothing is scored.");
            return 0;
        }

        var run = await MeasureAsync(arguments, data, output);
        var measures = Measure.Load(Path.Combine(AppContext.BaseDirectory, "measures.json"));
        var isWhole = arguments.Half == Half.All;
        var floorsPath = Path.Combine(Project, "floors.json");
        var floors = Floors.Load(floorsPath);
        var digest = isWhole ? DataDigest.Of(data) : "";
        var isOtherData = isWhole && floors.Digest.Length > 0 && floors.Digest != digest;

        if (arguments.UpdateFloors)
        {
            if (isOtherData && !arguments.Force)
                throw new ScoreboardException("The data is not what the floors were measured on; add --force to pin them anew.");
            floors = floors.Raised(measures, run.Figures, digest, arguments.Force);
            floors.Save(floorsPath);
            isOtherData = false;
        }

        var table = new ScoreTable(measures, run.Figures, isWhole ? floors : null);
        await output.WriteLineAsync();
        await output.WriteAsync(table.Plain());
        await output.WriteLineAsync();
        await output.WriteLineAsync(Closing(arguments, table));
        if (arguments.Write)
            await File.WriteAllTextAsync(Path.Combine(RepositoryRoot.Path, "docs", "scoreboard.md"), Document(table, digest));
        if (isOtherData)
            await output.WriteLineAsync("The data's digest is not the one that the floors were measured on: the figures above cannot be compared with them.");
        return isOtherData || table.Dropped.Any() ? 1 : 0;
    }

    private static async Task<BenchRun> MeasureAsync(Arguments arguments, string data, TextWriter output)
    {
        var work = arguments.Keep ?? Directory.CreateTempSubdirectory("ingest-scoreboard-").FullName;
        try
        {
            var run = new BenchRun(data, work, arguments.Half, new Tool(output));
            if (arguments.Parts.Contains("feeds"))
                await FeedScores.RunAsync(run);
            if (arguments.Parts.Contains("extraction"))
                await ExtractionScores.RunAsync(run);
            if (arguments.Parts.Contains("dedup"))
                await CopyScores.RunAsync(run);
            if (arguments.Parts.Contains("seeds"))
                await SeedScores.RunAsync(run, output);
            if (arguments.Parts.Contains("hostile"))
                await HostileScores.RunAsync(run, output);
            return run;
        }
        finally
        {
            if (arguments.Keep is null)
                Directory.Delete(work, recursive: true);
        }
    }

    private static string Closing(Arguments arguments, ScoreTable table)
    {
        var (met, of) = table.Goals;
        var what = arguments.Half == Half.All ? "development data" : $"half {arguments.Half} of the development data; floors are not compared";
        var dropped = table.Dropped.Count();
        return $"{met} of {of} goals met; {dropped} below {(dropped == 1 ? "its floor" : "their floors")} ({what}).";
    }

    private static string Document(ScoreTable table, string digest) => $"""
        # Scoreboard

        What the batch commands reach on the development half of the benchmark data, beside the goals and the best peer that was
        measured on the same data. Floors are pinned in `tests/IngestPipeline.Scoreboard/floors.json`; the build fails when a figure
        drops below its floor. Written by

            dotnet run -c Release --project tests/IngestPipeline.Scoreboard -- --write

        with the data in `../shared/bench` (digest `{digest[..16]}`). Feeds: share of cases passed. Text: shingle and segment F1
        of the pages' main text. Copies and stories: pair and B-cubed figures of the groups. Where less is better, the floor is a ceiling.
        `--split dev-a` and `--split dev-b` score halves, to tune on the one and check on the other.

        **What to expect on other sites are the text figures of sites not seen:** each page is extracted with a block model that was trained on the other half of the
        sites (`tests/IngestPipeline.Scoreboard/halves`; `src/IngestPipeline/Extraction/Content/MODEL.md` says how). The figures below them are of the model that is
        shipped, on the very pages that it was trained on. Rules and thresholds of all parts were settled looking at these data.
        Pages whose text truth we do not follow are argued one by one in `tests/IngestPipeline.Scoreboard/text-argued-pages.md`; none is left out of the scores.
        Boilerplate left in the text is looked for by cues and patterns (`leak-cues.json`); the peer's figures come from another list of cues.

        {table.Markdown()}
        """.ReplaceLineEndings("\n");
}
