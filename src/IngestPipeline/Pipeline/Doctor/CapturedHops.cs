using System.Globalization;
using IngestPipeline.Archive;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Doctor;

/// <summary>Tells from the captures what was asked and answered on the way.</summary>
internal static class CapturedHops
{
    /// <summary>One line a request, in order: the address and what it answered.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(IBlobStore store, ISet<string> seen, CancellationToken cancellation)
    {
        var lines = new List<string>();
        await foreach (var item in store.ListAsync(Records.StoreNames.Captures, cancellation).ConfigureAwait(false))
        {
            if (!seen.Add(item.Name) || await store.ReadAsync(item.Name, cancellation).ConfigureAwait(false) is not { } blob)
                continue;
            using var reader = WarcReader.Open(new MemoryStream(blob.Content.ToArray()), item.Name);
            lines.AddRange(reader.Records().Select(Line).OfType<string>());
        }

        return lines;
    }

    private static string? Line(WarcRecord record) => record.Type switch
    {
        "response" or "revisit" when HttpMessageParts.Parse(record.ReadBlock(256 * 1024)) is { } message =>
            string.Create(
                CultureInfo.InvariantCulture, $"{record.TargetUri} answered {message.Status}{(message.Header("Location") is { } to ? " to " + to : "")}"),
        "metadata" => $"{record.TargetUri}: {FetchOutcome.Read(record.ReadBlock(64 * 1024)).Detail}",
        _ => null,
    };
}
