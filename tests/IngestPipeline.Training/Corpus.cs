using System.IO.Compression;
using System.Text.Json;
using IngestPipeline.Tests;

namespace IngestPipeline.Training;

/// <summary>A page with its truth.</summary>
internal sealed record TruthPage(
    string Set, string Id, string Site, Uri? Url, string? Charset, string? Text, string[] Optional, string[] With, string[] Without, string File)
{
    /// <summary>The fold that the page's site belongs to: all pages of a site are in one.</summary>
    public int Fold(int folds) => SiteFolds.Of(Site, folds);

    public byte[] Read()
    {
        using var file = System.IO.File.OpenRead(File);
        using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        using var memory = new MemoryStream();
        unzipped.CopyTo(memory);
        return memory.ToArray();
    }
}

/// <summary>Reads sets of pages with truths: <c>SET/truth.jsonl</c> and <c>SET/pages/ID.html.gz</c>.</summary>
internal static class Corpus
{
    public static readonly string[] Sets = ["scrapinghub", "newspaper4k", "fundus", "fundus-eval", "wcxb", "trafilatura"];

    /// <summary>Pages whose truths say nothing of the text.</summary>
    public static readonly string[] Unlabelled = ["mediacloud-dates", "postlight-meta"];

    public static List<TruthPage> Load(string data, IEnumerable<string> sets)
    {
        var pages = new List<TruthPage>();
        foreach (var set in sets)
        {
            foreach (var line in File.ReadLines(Path.Combine(data, set, "truth.jsonl")))
            {
                using var json = JsonDocument.Parse(line.Replace(": NaN", ": null", StringComparison.Ordinal));
                var root = json.RootElement;
                var id = Text(root, "id")!;
                _ = Uri.TryCreate(Text(root, "url"), UriKind.Absolute, out var url);
                pages.Add(
                    new(
                        set, id, SiteFolds.Site(Text(root, "site"), Text(root, "url"), id), url, Text(root, "charset"), Text(root, "text"),
                        List(root, "optional"),
                    List(root, "with"), List(root, "without"), Path.Combine(data, set, "pages", id + ".html.gz")));
            }
        }

        return pages;
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string[] List(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(v => v.GetString() ?? "")] : [];
}
