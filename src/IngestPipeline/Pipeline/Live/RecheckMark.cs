using System.Globalization;
using System.Text;
using System.Text.Json;
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
    private const string Schema = "recheck/1";

    /// <summary>How the names of marks end.</summary>
    public const string Ending = ".recheck.warc.gz";

    public const string ContentType = "application/json";

    /// <summary>Writes the mark of a request; the same request gives the same blob.</summary>
    public static async Task WriteAsync(IBlobStore store, ArticleRequest request, CancellationToken cancellation)
    {
        if (request is not { Fetch: { } url, AsOf: { } at })
            return;
        var json = RecordJson.Object(j =>
        {
            j.WriteString("schema", Schema);
            j.WritePropertyName("request");
            // What a feed may ask for is no part of what was seen.
            RequestJson.Write(j, request with { CappedFeed = null });
        });
        using var warc = new MemoryStream();
        new WarcWriter(warc, new()).Write(new WarcEntry("metadata", at, json) { TargetUri = url.AbsoluteUri, ContentType = ContentType });
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"{StoreNames.Captures}{StoreNames.Day(at)}/{at.UtcDateTime:HHmmssfffffff}-{ArticleId.Of(url.AbsoluteUri)[..16]}{Ending}");
        await store.CreateAsync(name, warc.ToArray(), cancellation).ConfigureAwait(false);
    }

    /// <summary>The JSON of a mark, from a metadata record; null when it is none.</summary>
    public static string? TryRead(string? contentType, ReadOnlySpan<byte> block) =>
        contentType == ContentType && block.StartsWith("{\"schema\":\"recheck/1\""u8) ? Encoding.UTF8.GetString(block) : null;

    /// <summary>The request of a mark; null when it cannot be read.</summary>
    public static ArticleRequest? Request(string json)
    {
        try
        {
            return RequestJson.Read(JsonElement.Parse(json).GetProperty("request"));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
