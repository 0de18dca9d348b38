using IngestPipeline.Records;
using IngestPipeline.Reports;
using IngestPipeline.Reports.Html;
using IngestPipeline.Reports.Pages;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Shared;
using IngestPipeline.Tests.Storage;
using Microsoft.Playwright;

namespace IngestPipeline.Browser.Tests;

/// <summary>One report of an invented store, and one browser, for all tests.</summary>
public sealed class ReportFixture : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private Chromium? _chromium;

    /// <summary>The report's folder.</summary>
    public string Site => _folder["site"];

    /// <summary>Every page, as its name within the report.</summary>
    public IReadOnlyList<string> Pages { get; private set; } = [];

    /// <summary>One page of each kind, those that show hostile input among them.</summary>
    public IReadOnlyList<string> Kinds { get; private set; } = [];

    internal IBrowser Browser => _chromium!.Browser;

    public async Task InitializeAsync()
    {
        if (Chromium.WhySkipped is not null)
            return;
        var store = new FolderBlobStore(_folder["store"]);
        await new SampleStore(days: 9, perDay: 24).WriteAsync(store);
        await ReportSite.WriteAsync(store, Site);
        await File.WriteAllBytesAsync(Path.Combine(Site, PageNames.Live), Live());
        Pages =
            [.. Directory.EnumerateFiles(Site, "*.html", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Site, f)).Order(StringComparer.Ordinal)];
        Kinds = [.. Pages.GroupBy(p => p.Contains('/') ? Path.GetDirectoryName(p)! : p).Select(g => g.MaxBy(p => new FileInfo(Path.Combine(Site, p)).Length)!), Hostile()];
        _chromium = await Chromium.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_chromium is not null)
            await _chromium.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Live()
    {
        var html = new HtmlBuilder();
        var ends = new Dictionary<Disposition, long> { [Disposition.Written] = 12_345, [Disposition.Paywalled] = 9, [Disposition.NotAnArticle] = 17 };
        LivePage.Write(html, new()
        {
            At = new(2026, 3, 14, 6, 20, 0, TimeSpan.Zero),
            Store = "https://account.blob.example/ingest",
            PipelineVersion = "2-0123456789ab",
            Feeds = new Dictionary<string, int> { ["healthy"] = 118, ["failing"] = 2 },
            Troubled = [("https://post.example/feed?<img src=x onerror=alert(1)>", "failing", SampleStore.HostileTitle)],
            Sources = [new("post.example", "2026-03-14", "length of a text", "3,200 characters", "410 characters")],
            Queues = new Dictionary<string, int> { ["articles"] = 40, ["feeds"] = 0 },
            Pending = 51,
            Rechecks = 800,
            Inbox = 3,
            Quarantined = 1,
            Total = ends,
            Days = new Dictionary<string, IReadOnlyDictionary<Disposition, long>> { ["2026-03-14"] = ends },
        });
        return html.ToUtf8();
    }

    /// <summary>The address of a page as a file.</summary>
    public string Address(string page) => new Uri(Path.Combine(Site, page)).AbsoluteUri;

    /// <summary>An article's page whose title, address and removed blocks are hostile.</summary>
    public string Hostile() =>
        Pages.First(p => p.StartsWith("article/", StringComparison.Ordinal) && File.ReadAllText(Path.Combine(Site, p)).Contains("javascript:alert(document.domain)", StringComparison.Ordinal));
}
