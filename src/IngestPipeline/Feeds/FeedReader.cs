using System.Text;
using IngestPipeline.Feeds.Formats;
using IngestPipeline.Feeds.Text;
using IngestPipeline.Feeds.Xml;

namespace IngestPipeline.Feeds;

/// <summary>Reads a feed document of any known format into one model.</summary>
/// <remarks>
/// Time and memory are bounded by the document's size: XML is streamed with at most 256 open elements, document types are skipped,
/// nothing outside the document is read. Stateless, and safe for use by many threads.
/// </remarks>
public sealed class FeedReader
{
    private const int MostUnpacked = 64 << 20;

    /// <summary>Reads one document. Never throws for bad input: the result says what was repaired or why it is not a feed.</summary>
    /// <param name="body">The document's bytes, transfer and content encodings removed; a gzip file is unpacked.</param>
    /// <param name="source">Where it came from.</param>
    public FeedReadResult Read(ReadOnlyMemory<byte> body, FeedSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var repairs = new Repairs();
        using var document = Open(body, source, repairs);
        // The format is known after the first element, the feed's own fields after the last entry.
        List<FeedEntry> entries = [.. document.Content.ReadEntries()];
        var format = document.Content.Format;
        return new()
        {
            Format = format,
            WellFormed = document.Content.WellFormed,
            Feed = document.Content.Feed,
            Entries = entries,
            Repairs = repairs.Phrases,
            Error = format != FeedFormat.None ? repairs.Error : body.IsEmpty ? "the document is empty" : repairs.Error ?? "not a feed",
        };
    }

    /// <summary>Reads entry by entry; what is held at a time is one entry and a small buffer.</summary>
    /// <param name="body">See <see cref="Read"/>.</param>
    /// <param name="source">See <see cref="Read"/>.</param>
    /// <param name="repairs">Receives what was mended.</param>
    internal static OpenFeed Open(ReadOnlyMemory<byte> body, FeedSource source, Repairs repairs)
    {
        body = Unpack(body, repairs);
        var (encoding, skip) = DocumentEncoding.Choose(body.Span, source.ContentType, repairs);
        body = body[skip..];
        return FirstCharacter(body.Span, encoding) switch
        {
            '{' or '[' => Json(body, encoding, source, repairs),
            'h' or 'H' when TextSitemap.IsSitemap(encoding.GetString(body.Span[..Math.Min(body.Length, FeedSniffer.PrefixLength)])) =>
                new(new TextSitemap(encoding.GetString(body.Span)), null),
            _ => new(new XmlFeedDocument(new CharSource(body, encoding, repairs), source, repairs), null),
        };
    }

    private static ReadOnlyMemory<byte> Unpack(ReadOnlyMemory<byte> body, Repairs repairs)
    {
        if (body.Span is not [0x1F, 0x8B, ..])
            return body;
        repairs.Note("the document was unpacked from a gzip file");
        return Gzip.Unpack(body, MostUnpacked, out var complete) is var unpacked && complete ? unpacked : CutOff(unpacked, repairs);
    }

    private static ReadOnlyMemory<byte> CutOff(ReadOnlyMemory<byte> unpacked, Repairs repairs)
    {
        repairs.CutOff("the gzip file is damaged, cut off or too large");
        return unpacked;
    }

    private static char FirstCharacter(ReadOnlySpan<byte> body, Encoding encoding)
    {
        var start = encoding.GetString(body[..Math.Min(body.Length, 256)]).AsSpan().TrimStart(" \t\r\n\uFEFF");
        return start.Length == 0 ? '\0' : start[0];
    }

    private static OpenFeed Json(ReadOnlyMemory<byte> body, Encoding encoding, FeedSource source, Repairs repairs)
    {
        // The parser wants UTF-8 without a byte order mark.
        var utf8 = encoding is UTF8Encoding && repairs.WellFormed ? body : Encoding.UTF8.GetBytes(encoding.GetString(body.Span));
        var json = JsonText.Parse(utf8, repairs);
        return new(new JsonFeedDocument(json?.RootElement ?? default, XmlFeedDocument.BaseOf(source)), json);
    }

    /// <summary>A document that is being read, and what it holds on to.</summary>
    internal readonly record struct OpenFeed(IFeedDocument Content, IDisposable? Held) : IDisposable
    {
        /// <inheritdoc />
        public void Dispose() => Held?.Dispose();
    }
}
