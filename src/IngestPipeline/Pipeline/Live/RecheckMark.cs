using IngestPipeline.Archive;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Live;

/// <summary>
/// The record in the capture that says that a page was asked for again although nothing named it anew, and what for. A replay, which sees feeds
/// only, learns of it from here.
/// </summary>
internal static class RecheckMark
{
    /// <summary>Writes the mark of a request; the same request gives the same blob.</summary>
    public static async Task WriteAsync(IBlobStore store, ArticleRequest request, CancellationToken cancellation)
    {
        if (request is not { Fetch: { } url, AsOf: { } at })
            return;
        await CaptureMark.Recheck.WriteAsync(
            store,
            at,
            url,
            ArticleId.Of(url.AbsoluteUri),
            json =>
            {
                json.WritePropertyName("request");
                // What a feed may ask for is no part of what was seen.
                RequestJson.Write(json, request with { CappedFeed = null });
            },
            cancellation).ConfigureAwait(false);
    }

    /// <summary>The request of a mark; null when it cannot be read.</summary>
    public static ArticleRequest? Request(string json) => CaptureMark.Recheck.Read(json, mark => RequestJson.Read(mark.GetProperty("request")));
}
