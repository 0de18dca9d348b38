using System.Text.Json.Nodes;
using IngestPipeline.Tests;

namespace IngestPipeline.Scoreboard;

/// <summary>Extracts each page with that one of two models which was trained on the other half of the sites.</summary>
internal static class HalfModels
{
    /// <summary>Where <c>tests/IngestPipeline.Training</c> writes the two models.</summary>
    private static readonly string Models = Path.Combine(RepositoryRoot.Path, "tests", "IngestPipeline.Scoreboard", "halves");

    /// <summary>The part that a page's site belongs to.</summary>
    /// <param name="truth">What the page's set says of it.</param>
    public static int Fold(JsonObject truth) => SiteFolds.Of(SiteFolds.Site(truth.Text("site"), truth.Text("url"), truth.Text("id")));

    /// <summary>Extracts pages; files of the run are named after the part.</summary>
    /// <param name="run">The run.</param>
    /// <param name="part">What is scored.</param>
    /// <param name="lines">Each page's line of the manifest, with its <see cref="Fold"/>.</param>
    /// <param name="pages">The folder of the pages.</param>
    public static async Task<List<JsonObject>> ExtractAsync(BenchRun run, string part, IReadOnlyList<(int Fold, JsonObject Line)> lines, string pages)
    {
        var found = new List<JsonObject>();
        for (var fold = 0; fold < SiteFolds.Halves; fold++)
        {
            var (manifest, predictions) = (run.Make(part, $"{fold}.jsonl"), run.Make(part, $"{fold}.out.jsonl"));
            JsonLines.Write(manifest, lines.Where(l => l.Fold == fold).Select(l => l.Line));
            await run.Tool.IngestAsync(
                "extract", "--manifest", manifest, "--pages", pages, "--model", SiteFolds.Folder(Models, fold), "--out", predictions, "--quiet");
            found.AddRange(JsonLines.Read(predictions));
        }

        return found;
    }
}
