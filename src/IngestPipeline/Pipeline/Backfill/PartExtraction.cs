using System.Text.Json;
using IngestPipeline.Archive;
using IngestPipeline.Extraction;
using IngestPipeline.Fetching;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Backfill;

/// <summary>Extracts one part of a back-fill's articles and stages what came of each, in the order of the requests.</summary>
internal sealed class PartExtraction(StagedArchives archives, ArticleExtractor extractor, PipelineOptions pipeline, string version)
{
    public Task RunAsync(string id, Staging staging, int part, CancellationToken cancellation) =>
        archives.UseAsync(id, staging, archive => ExtractAsync(staging, archive, part, cancellation), cancellation);

    private async Task<int> ExtractAsync(Staging staging, WebArchive archive, int part, CancellationToken cancellation)
    {
        var requests =
            (await staging.LinesAsync(Staging.RequestsOf(part), cancellation).ConfigureAwait(false)).Select(l => RequestJson.Read(JsonElement.Parse(l)));
        using var handler = new ArchiveHandler(archive, failsAgain: true);
        using var fetcher = new PageFetcher(handler);
        var ingest = new ArticleIngest(fetcher, extractor, pipeline);
        var results = new List<ReadOnlyMemory<byte>>();
        await OrderedParallel.RunAsync(
            requests.ToAsyncEnumerable(),
            Environment.ProcessorCount,
            async (request, stop) => StagedResult.Line(await ingest.ProcessAsync(request, stop).ConfigureAwait(false), version),
            line =>
            {
                results.Add(line);
                return Task.CompletedTask;
            },
            cancellation).ConfigureAwait(false);
        await staging.CreateLinesAsync(Staging.ResultsOf(part), results, cancellation).ConfigureAwait(false);
        return results.Count;
    }
}
