using System.Globalization;
using IngestPipeline.Archive.Bytes;

namespace IngestPipeline.Archive;

/// <summary>What is kept of a message where no raw pages are: that it was, and the hash of its payload. A replay passes such records over.</summary>
internal static class AnswerFacts
{
    /// <summary>The metadata record in a record's place; one without content stays as it is.</summary>
    public static WarcEntry Of(WarcEntry entry)
    {
        if (entry.Type is not ("response" or "revisit") || entry.TargetUri is not { } uri)
            return entry;
        var message = HttpMessageParts.Parse(entry.Block);
        var fields = new List<KeyValuePair<string, string>> { new("fetch-message", entry.Type) };
        if (message is not null)
        {
            fields.Add(new("fetch-status", message.Status.ToString(CultureInfo.InvariantCulture)));
            if (MediaTypes.Of(message.Header("Content-Type")) is { } media)
                fields.Add(new("fetch-media-type", media));
            fields.Add(new("fetch-payload-length", message.Body.Length.ToString(CultureInfo.InvariantCulture)));
        }

        if ((entry.Payload is { } payload ? WarcWriter.Digest(payload.Span) : entry.PayloadDigest) is { } digest)
            fields.Add(new("fetch-payload-digest", digest));
        return WarcEntry.Metadata(uri, entry.Date, [.. fields]);
    }
}
