using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using IngestPipeline.Archive;

namespace IngestPipeline.Tests.Shared;

/// <summary>
/// Builds one WARC from the benchmark data's real pages, with feeds made up to link to them, plus the real feeds of real sites. The texts
/// stay where they are: the archive is written to a temporary folder and never kept.
/// </summary>
internal static class RealArchive
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Sets =
        ["fundus", "fundus-eval", "mediacloud-dates", "newspaper4k", "postlight-meta", "scrapinghub", "trafilatura", "wcxb"];

    /// <summary>Writes the archive; returns how many pages it holds.</summary>
    /// <param name="bench">The folder of benchmark data.</param>
    /// <param name="path">The WARC file to write.</param>
    /// <param name="most">The most pages.</param>
    /// <param name="repeats">How often the pages come again, later and under other addresses: for archives of another length.</param>
    public static int Write(string bench, string path, int most = int.MaxValue, int repeats = 1)
    {
        using var file = File.Create(path);
        var writer = new WarcWriter(file, new() { Level = CompressionLevel.Fastest });
        writer.Write(WarcEntry.Info(Start, new KeyValuePair<string, string>("software", "IngestPipeline tests")));
        var pages = 0;
        for (var round = 0; round < repeats; round++)
        {
            foreach (var (set, number) in Sets.Select((s, i) => (s, i)))
            {
                // A day for each set, so that the archive spans days; rounds lie further apart than any copy window.
                var polled = Start.AddDays(number + (round * 40));
                var taken = Pages(bench, set)
                    .Take(most - pages)
                    .Select(p => p with { Url = round == 0 ? p.Url : $"{p.Url}{(p.Url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}round={round}" })
                    .ToList();
                if (taken.Count == 0)
                    continue;

                Response(writer, $"https://feeds.example/{set}.xml", polled, "application/rss+xml", Encoding.UTF8.GetBytes(Feed(set, taken)));
                for (var i = 0; i < taken.Count; i++)
                    Response(
                        writer, taken[i].Url, polled.AddSeconds(i + 1), taken[i].Charset is { } charset ? $"text/html; charset={charset}" : "text/html",
                        Gunzip(taken[i].File));
                pages += round == 0 ? taken.Count : 0;
            }
        }

        RealFeeds(bench, writer);
        return pages * repeats;
    }

    /// <summary>The pages' files, for timing a bare parse of the same bytes.</summary>
    public static IEnumerable<byte[]> Bodies(string bench, int most = int.MaxValue) =>
        Sets.SelectMany(s => Pages(bench, s)).Take(most).Select(p => Gunzip(p.File));

    private static IEnumerable<RealPage> Pages(string bench, string set)
    {
        var folder = Path.Combine(bench, "extraction", set);
        foreach (var line in File.ReadLines(Path.Combine(folder, "truth.jsonl")))
        {
            // Python writes NaN for a missing value, which JSON does not know.
            var json = JsonElement.Parse(line.Replace(": NaN", ": null", StringComparison.Ordinal));
            var id = json.GetProperty("id").GetString()!;
            var url = json.TryGetProperty("url", out var given)
                && Uri.TryCreate(given.GetString(), UriKind.Absolute, out var address)
                && address.Scheme.StartsWith("http", StringComparison.Ordinal)
                ? address.AbsoluteUri
                : $"https://pages.example/{set}/{Uri.EscapeDataString(id)}";
            var charset = json.TryGetProperty("charset", out var named) ? named.GetString() : null;
            yield return new(url, Path.Combine(folder, "pages", id + ".html.gz"), charset);
        }
    }

    private static string Feed(string set, IReadOnlyList<RealPage> pages)
    {
        var items = string.Concat(pages.Select((p, i) => string.Create(
            CultureInfo.InvariantCulture,
            $"<item><title>Page {i} of {set}</title><link>{WebUtility.HtmlEncode(p.Url)}</link><guid isPermaLink=\"false\">{WebUtility.HtmlEncode(p.Url)}</guid></item>")));
        return $"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{set}</title><link>https://feeds.example/</link><description>made up</description>{items}</channel></rss>""";
    }

    private static void RealFeeds(string bench, WarcWriter writer)
    {
        var number = 0;
        foreach (var line in File.ReadLines(Path.Combine(bench, "feeds", "cases.jsonl")))
        {
            var json = JsonElement.Parse(line);
            if (json.GetProperty("group").GetString() != "real")
                continue;
            var url = json.TryGetProperty("url", out var given) ? given.GetString()! : $"https://feeds.example/real/{number}";
            Response(
                writer, url, Start.AddHours(12).AddSeconds(number++), "text/xml",
                File.ReadAllBytes(Path.Combine(bench, "feeds", json.GetProperty("file").GetString()!)));
        }
    }

    private static void Response(WarcWriter writer, string url, DateTimeOffset date, string contentType, byte[] body)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Type: {contentType}\r\nContent-Length: {body.Length}\r\n\r\n");
        writer.Write(WarcEntry.Response(url, date, (byte[])[.. Encoding.ASCII.GetBytes(head), .. body]));
    }

    private static byte[] Gunzip(string path)
    {
        using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var memory = new MemoryStream();
        gzip.CopyTo(memory);
        return memory.ToArray();
    }

    private sealed record RealPage(string Url, string File, string? Charset);
}
