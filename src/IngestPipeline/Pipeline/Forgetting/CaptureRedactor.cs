using System.Globalization;
using System.IO.Compression;
using System.Text;
using IngestPipeline.Archive;
using IngestPipeline.Feeds;
using IngestPipeline.Pipeline.Pages;

namespace IngestPipeline.Pipeline.Forgetting;

/// <summary>Takes forgotten articles out of WARC files: their own records, and their entries in the feeds that were captured.</summary>
/// <param name="ids">Ids of articles and addresses.</param>
/// <param name="contents">Tells the ids of entries that name no page.</param>
internal sealed class CaptureRedactor(IReadOnlySet<string> ids, EntryContents contents)
{
    private const int MostBody = 64 << 20;

    /// <summary>Ids of addresses that forgotten pages say their article goes on at: take them out, too.</summary>
    public HashSet<string> Further { get; } = new(StringComparer.Ordinal);

    /// <summary>What is left of a file.</summary>
    /// <param name="warc">The file.</param>
    /// <param name="isOneFetch">True when all records are of one fetch and its redirects, as below <c>capture/</c>: then all go, or none.</param>
    /// <returns>Null when nothing is to be taken out; else what is left, empty when nothing is, and how many entries were cut out of feeds.</returns>
    public async Task<(byte[] Left, int Entries, int Dropped)?> RedactAsync(ReadOnlyMemory<byte> warc, bool isOneFetch, CancellationToken cancellation)
    {
        using var stream = new MemoryStream(warc.ToArray(), writable: false);
        using var reader = WarcReader.Open(stream, "capture");
        using var left = new MemoryStream();
        var (entries, dropped, changed) = (0, 0, false);
        foreach (var record in reader.Records())
        {
            cancellation.ThrowIfCancellationRequested();
            var block = record.ReadBlock(int.MaxValue);
            if (record.TargetUri is { } uri && ArticleUrl.TryCreate(uri) is { } url && ids.Contains(url.Id))
            {
                changed = true;
                dropped++;
                Follow(record, block, new Uri(uri));
                continue;
            }

            var cut = record.Type is "response" or "resource" ? await FeedAsync(record, block, cancellation).ConfigureAwait(false) : null;
            if (cut is { Block: null })
            {
                changed = true;
                dropped++;
                continue;
            }

            entries += cut?.Entries ?? 0;
            changed |= cut is not null;
            Write(left, record, cut?.Block ?? block, isChanged: cut is not null, reader.IsCompressed);
        }

        if (!changed)
            return null;
        return isOneFetch && dropped > 0 && entries == 0 ? ([], 0, dropped) : (left.ToArray(), entries, dropped);
    }

    // Redirects, further pages and other forms are captured under addresses of their own.
    private void Follow(WarcRecord record, byte[] block, Uri url)
    {
        if (record.Type != "response" || HttpMessageParts.Parse(block) is not { } message)
            return;
        if (message.Status is >= 300 and < 400 && message.Header("Location") is { } location && Uri.TryCreate(url, location, out var next))
            Add(next);
        var body = ContentDecoding.Decode(message.Body, ContentDecoding.Actual(message.Body, message.Header("Content-Encoding")), new(MostBody)).Bytes;
        var links = PageLinkReader.Read(body.Span, url);
        foreach (var part in links.Next.Where(n => PageNumber.Is(url, n, 2)).Append(links.Variant).Append(links.Refresh))
        {
            if (part is not null)
                Add(part);
        }
    }

    // A front page is nobody's article.
    private void Add(Uri url)
    {
        if (url.AbsolutePath.Length > 1 && ArticleUrl.TryCreate(url) is { } there && !ids.Contains(there.Id))
            Further.Add(there.Id);
    }

    private async Task<(byte[]? Block, int Entries)?> FeedAsync(WarcRecord record, byte[] block, CancellationToken cancellation)
    {
        var message = record.Type == "response" ? HttpMessageParts.Parse(block) : null;
        if (record.Type == "response" && message is null)
            return null;
        var type = message?.Header("Content-Type") ?? record.ContentType;
        var raw = message?.Body ?? block;
        if (raw.IsEmpty)
            return null;
        var encoding = ContentDecoding.Actual(raw, message?.Header("Content-Encoding"));
        var body = ContentDecoding.Decode(raw, encoding, new(MostBody)).Bytes;
        var source = new FeedSource(
            Uri.TryCreate(record.TargetUri, UriKind.Absolute, out var url) ? url : null, type, message?.Header("Content-Location"),
            message?.Header("Content-Language"));
        var read = new FeedReader().Read(body, source);
        if (!read.IsFeed)
            return null;
        var doomed = new HashSet<int>();
        for (var i = 0; i < read.Entries.Count; i++)
        {
            var id = ArticleUrl.TryCreate(read.Entries[i].Link)?.Id
                ?? await contents.IdAsync(read.Entries[i], record.TargetUri, read.Feed, cancellation).ConfigureAwait(false);
            if (id is not null && ids.Contains(id))
                doomed.Add(i);
        }

        if (doomed.Count == 0)
            return null;
        // What cannot be cut for sure goes whole: the poll is missing from a replay then, and no word is left.
        return FeedRedactor.Without(body, source, read.Entries, doomed) is { } left
            ? (message is null ? left : Message(block, message, left), doomed.Count)
            : (null, 0);
    }

    private static byte[] Message(byte[] block, HttpMessageParts message, byte[] body)
    {
        var line = Encoding.Latin1.GetString(block.AsSpan(0, Math.Max(0, block.AsSpan().IndexOf((byte)'\n')))).TrimEnd('\r');
        var head = new StringBuilder(line).Append("\r\n");
        foreach (var (name, value) in message.Headers)
        {
            if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) && !name.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase)
                && !name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
                head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n");
        return [.. Encoding.UTF8.GetBytes(head.ToString()), .. body];
    }

    // The record's id stays, so that revisits still find it; what is measured over its content is measured again.
    private static void Write(MemoryStream output, WarcRecord record, byte[] block, bool isChanged, bool compress)
    {
        var head = new StringBuilder("WARC/").Append(record.Version).Append("\r\n");
        foreach (var (name, value) in record.Fields)
        {
            var field = !isChanged ? value : name.ToLowerInvariant() switch
            {
                "content-length" => block.Length.ToString(CultureInfo.InvariantCulture),
                "warc-block-digest" => WarcWriter.Digest(block),
                "warc-payload-digest" => WarcWriter.Digest(record.Type == "response" ? HttpMessageParts.Parse(block)!.Body.Span : block),
                _ => value,
            };
            head.Append(name).Append(": ").Append(field).Append("\r\n");
        }

        using var member = compress ? new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true) : null;
        Stream to = member is null ? output : member;
        to.Write(Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()));
        to.Write(block);
        to.Write("\r\n\r\n"u8);
    }
}
