using IngestPipeline.Export;
using IngestPipeline.Reports;
using IngestPipeline.Search;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Pipeline;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Azurite;

/// <summary>What reads a store reads Azure Blob Storage as it reads a folder.</summary>
[Collection(AzuriteTests.Name)]
public sealed class AzuriteReadingTests(AzuriteServer azurite) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [StoreFact]
    public async Task Report_search_and_export_give_the_same_from_azurite_and_from_a_folder()
    {
        var samples = Path.Combine(RepositoryRoot.Path, "samples");
        var (cloud, local) =
            (BlobStoreFactory.Open($"azurite:{azurite.NewContainer()}", "ingest", azurite.ConnectionString), new FolderBlobStore(_folder["out"]));
        await ReplayRun.RunAsync([samples], cloud);
        await ReplayRun.RunAsync([samples], local);

        await ReportSite.WriteAsync(cloud, _folder["site-cloud"]);
        await ReportSite.WriteAsync(local, _folder["site-local"]);
        Assert.Equal(Files(_folder["site-local"]), Files(_folder["site-cloud"]));

        Assert.Equal(await ExportAsync(local), await ExportAsync(cloud));

        using var index = await SearchIndex.OpenAsync(cloud, _folder["cloud.db"]);
        using var other = await SearchIndex.OpenAsync(local, _folder["local.db"]);
        var found = index.Find("ferry", new(), 50, newestFirst: true);
        Assert.NotEmpty(found.Hits);
        Assert.Equal(other.Find("ferry", new(), 50, newestFirst: true).Hits, found.Hits);
    }

    [StoreFact]
    public async Task A_report_into_the_store_can_be_read_there()
    {
        var store = BlobStoreFactory.Open($"azurite:{azurite.NewContainer()}", "ingest", azurite.ConnectionString);
        await ReplayRun.RunAsync([Path.Combine(RepositoryRoot.Path, "samples")], store);

        var made = await ReportSite.PublishAsync(store);
        var again = await ReportSite.PublishAsync(store);

        Assert.True(made.Changed > made.Articles);
        Assert.Equal(0, again.Changed);
        Assert.Contains("<html", System.Text.Encoding.UTF8.GetString((await store.ReadAsync("reports/index.html"))!.Content.Span), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static SortedDictionary<string, string> Files(string folder) =>
        new(
            Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(f => Path.GetRelativePath(folder, f), File.ReadAllText),
            StringComparer.Ordinal);

    private static async Task<string> ExportAsync(IBlobStore store)
    {
        using var output = new MemoryStream();
        await RecordExport.WriteAsync(store, ExportFormat.Ndjson, output, new());
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }
}
