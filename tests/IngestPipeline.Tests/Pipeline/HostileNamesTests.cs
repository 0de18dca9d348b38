using System.Text.RegularExpressions;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Pipeline;

/// <summary>Addresses and ids made to be used as file names: names in the store are hashes below fixed prefixes, and no two addresses come to one.</summary>
public sealed partial class HostileNamesTests : IDisposable
{
    private static readonly string[] Links =
    [
        "https://x.test/etc/passwd", "https://x.test/..%2f..%2fetc%2fpasswd", @"https://x.test/..%5c..%5cboot", "https://x.test/a%00b.html",
        "https://x.test/a%0ab.html", "https://x.test/CON", "https://x.test/con",
        "https://x.test/NUL", "https://x.test/caf\u00e9", "https://x.test/cafe\u0301", "https://x.test/\u202Egnp", "https://x.test/%2e%2e%2f%2e%2e%2fx",
        "https://x.test/a:b", "https://x.test/a%20", "https://x.test/.store",
        "https://x.test/store.json", "https://x.test/" + new string('a', 1_500), "https://x.test/" + new string('a', 1_499) + "b",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Names_in_the_store_are_hashes_and_no_two_addresses_come_to_one()
    {
        var items = string.Concat(Links.Select((link, i) =>
            $"<item><title>Story number {i}</title><link>{link}</link><guid>../../{new string('g', 5_000)}{i}\\CON</guid><content:encoded><![CDATA[{string.Concat(TestWeb.Story(i).Select(p => $"<p>{p}</p>"))}]]></content:encoded></item>"));
        var summary = await ReplayRun.SummaryAsync(new TestWeb().FeedXml("https://x.test/feed", 0, items).Save(_folder["a.warc"]), _folder["store"]);

        Assert.True(
            summary.AddsUp && summary.ArticlesIn == Links.Length,
            $"{string.Join(", ", summary.Entries)}; {string.Join(", ", summary.Articles)}; {string.Join(", ", summary.FeedProblems)}");
        var records = ReplayRun.Records(_folder["store"]);
        Assert.Equal(Links.Length, records.Count);
        Assert.Equal(Links.Length, records.Select(r => r.GetProperty("title").GetProperty("value").GetString()).Distinct(StringComparer.Ordinal).Count());
        var names = Directory.EnumerateFiles(_folder["store"], "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(_folder["store"], f).Replace('\\', '/'))
            .ToList();
        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names, n => Assert.Matches(Fixed(), n));
        Assert.Equal(["a.warc", "store"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(
        "^(store\\.json|\\.store/[a-z0-9-]+|(articles|records)/(undated|[0-9-]{10})/[0-9a-f]{32}\\.json|(decisions|index|learned|rollups|changes)/[0-9a-z./-]+)$")]
    private static partial Regex Fixed();
}
