using System.Globalization;
using System.IO.Compression;
using System.Text;
using IngestPipeline.Archive;

namespace IngestPipeline.Tests.Archive;

/// <summary>WARC files of many kinds of records, as a seed has them.</summary>
internal static class InventedWarc
{
    /// <param name="random">The seed.</param>
    /// <param name="compress">True for gzip members.</param>
    /// <param name="answersOnly">True: every large record can be asked for.</param>
    public static byte[] Make(Random random, bool compress, bool answersOnly = false)
    {
        using var file = new MemoryStream();
        var together = random.Next(4) == 0 ? random.Next(2, 5) : 1;
        var padding = random.Next(6) == 0 ? random.Next(1, 600) : 0;
        var level = (CompressionLevel)random.Next(3);
        var entries = new List<WarcEntry> { WarcEntry.Info(ArchiveFixture.Day, new KeyValuePair<string, string>("software", "test")) };
        for (var n = random.Next(4, 16); n > 0; n--)
            entries.Add(Entry(random, random.Next(1_000), answersOnly));
        foreach (var chunk in entries.Chunk(together))
        {
            var records = chunk.SelectMany(e => Bytes(random, e)).ToArray();
            if (compress)
            {
                using var gzip = new GZipStream(file, level, leaveOpen: true);
                gzip.Write(records);
            }
            else
            {
                file.Write(records);
            }

            if (compress)
                file.Write(new byte[padding]);
        }

        return file.ToArray();
    }

    public static string Text(Random random, int length)
    {
        var text = new StringBuilder("<!doctype html><html><body>");
        while (text.Length < length)
            text.Append("<p>").Append(random.Next()).Append(" words of no meaning </p>").Append(random.Next(9) == 0 ? "\n" : "");
        return text.ToString();
    }

    private static byte[] Bytes(Random random, WarcEntry entry)
    {
        var bytes = ArchiveFixture.Bytes(false, entry);
        if (random.Next(12) > 0)
            return bytes;
        // Some writers leave the payload's digest out.
        var text = Encoding.Latin1.GetString(bytes);
        var at = text.IndexOf("WARC-Payload-Digest", StringComparison.Ordinal);
        return at < 0 || at > 2_000 ? bytes : Encoding.Latin1.GetBytes(text.Remove(at, text.IndexOf('\n', at) + 1 - at));
    }

    private static WarcEntry Entry(Random random, int n, bool answersOnly)
    {
        var (url, date) = (string.Create(CultureInfo.InvariantCulture, $"https://x.test/{n}"), ArchiveFixture.Day.AddMinutes(random.Next(10_000)));
        var length = random.Next(3) switch { 0 => random.Next(200), 1 => random.Next(20_000), _ => random.Next(300_000) };
        var body = random.Next(5) switch
        {
            0 => Noise(random, length),
            1 => Encoding.UTF8.GetBytes(ArchiveFixture.Rss(Text(random, length))),
            2 => new byte[length],
            _ => Encoding.UTF8.GetBytes(Text(random, length)),
        };
        return random.Next(12) switch
        {
            0 => WarcEntry.Resource(url, date, "text/html", body),
            1 => WarcEntry.Request(url, date, answersOnly ? body.AsMemory(0, Math.Min(body.Length, 500)) : body),
            2 => WarcEntry.Metadata(url, date, [new("fetch-failed", Encoding.Latin1.GetString(body.AsSpan(0, Math.Min(100, body.Length))))]),
            3 => WarcEntry.Revisit(url, date, Encoding.ASCII.GetBytes("HTTP/1.1 304 Not Modified\r\n\r\n"), null, notModified: true),
            4 => new("conversion", date, body) { TargetUri = url, ContentType = "text/plain" },
            5 => ArchiveFixture.Page(url, date, Packed(body), "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n"),
            6 => ArchiveFixture.Page(url, date, body, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n"),
            7 => ArchiveFixture.Page(url, date, Chunked(random, body), "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n"),
            8 => ArchiveFixture.Page(url, date, body, "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n"),
            9 => ArchiveFixture.Page(url, date, body, "HTTP/1.1 200 OK\r\nX-Long: " + new string('x', random.Next(20_000)) + "\r\n"),
            _ => ArchiveFixture.Page(url, date, body, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"),
        };
    }

    private static byte[] Noise(Random random, int length)
    {
        var noise = new byte[length];
        random.NextBytes(noise);
        return noise;
    }

    private static byte[] Packed(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(body);
        return packed.ToArray();
    }

    private static byte[] Chunked(Random random, byte[] body)
    {
        var chunks = new List<byte>();
        for (var at = 0; at < body.Length;)
        {
            var count = Math.Min(random.Next(1, 9_000), body.Length - at);
            chunks.AddRange(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{count:x}\r\n")));
            chunks.AddRange(body.AsSpan(at, count));
            chunks.AddRange("\r\n"u8);
            at += count;
        }

        chunks.AddRange("0\r\n\r\n"u8);
        return [.. chunks];
    }
}
