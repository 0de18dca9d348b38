using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IngestPipeline.Deduplication;
using IngestPipeline.Tests;

namespace IngestPipeline.Benchmarks;

/// <summary>What is measured on: real pages, feeds and articles where the benchmark data stands beside the checkout, else invented ones.</summary>
internal static class Corpus
{
    public static bool IsReal => RepositoryRoot.Bench is not null;

    /// <summary>Pages of news sites, at most so many, spread over all sets by a hash of their names.</summary>
    public static List<byte[]> Pages(int most)
    {
        if (RepositoryRoot.Bench is not { } bench)
            return [.. Enumerable.Range(0, most).Select(InventedCorpus.Page)];
        return
        [
            .. Directory.EnumerateFiles(Path.Combine(bench, "extraction"), "*.html.gz", SearchOption.AllDirectories)
                .OrderBy(f => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFileName(f)))), StringComparer.Ordinal)
                .Take(most).Select(Unzip),
        ];
    }

    /// <summary>The well-formed XML feeds of real sites.</summary>
    public static List<byte[]> Feeds()
    {
        if (RepositoryRoot.Bench is not { } bench)
            return [.. Enumerable.Range(0, 60).Select(InventedCorpus.Feed)];
        var feeds = new List<byte[]>();
        foreach (var line in File.ReadLines(Path.Combine(bench, "feeds", "cases.jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            var feed = json.RootElement;
            var isWellFormed = feed.GetProperty("expect").TryGetProperty("wellformed", out var told) && told.ValueKind == JsonValueKind.True;
            if (isWellFormed && feed.GetProperty("group").GetString() == "real")
                feeds.Add(File.ReadAllBytes(Path.Combine(bench, "feeds", feed.GetProperty("file").GetString()!)));
        }
        feeds.RemoveAll(feed => !Yardsticks.CanReadXml(feed));
        return feeds;
    }

    /// <summary>Articles as the copy decision reads them.</summary>
    public static List<CopyDocument> Documents()
    {
        if (RepositoryRoot.Bench is not { } bench)
            return [.. Enumerable.Range(0, 4000).Select(InventedCorpus.Document)];
        return [.. new[] { "gen", "politics", "rumour2014", "wire2018" }.SelectMany(set => Documents(Path.Combine(bench, "dedup", set, "docs.jsonl.gz")))];
    }

    /// <summary>Articles of which hardly any two are alike.</summary>
    public static List<CopyDocument> Unlabelled() => RepositoryRoot.Bench is { } bench
        ? Documents(Path.Combine(bench, "dedup", "unlabelled", "docs.jsonl.gz"))
        : [.. Enumerable.Range(0, 2000).Select(InventedCorpus.Document)];

    private static List<CopyDocument> Documents(string path)
    {
        var documents = new List<CopyDocument>();
        foreach (var line in Encoding.UTF8.GetString(Unzip(path)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var json = JsonDocument.Parse(line);
            documents.Add(new()
            {
                Id = $"{Path.GetDirectoryName(path)}/{Text("id")}",
                Title = Text("title") ?? "",
                Text = Text("text") ?? "",
                Source = Text("source"),
                Url = Text("url"),
                FirstSeen = DateTimeOffset.TryParse(Text("date"), out var date) ? date.ToUniversalTime() : null,
            });

            string? Text(string name) =>
                json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        return documents;
    }

    private static byte[] Unzip(string path)
    {
        using var zipped = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        var plain = new MemoryStream();
        zipped.CopyTo(plain);
        return plain.ToArray();
    }
}
