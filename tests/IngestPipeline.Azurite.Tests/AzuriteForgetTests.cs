using IngestPipeline.Pipeline.Forgetting;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Queues;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Fetching;
using IngestPipeline.Tests.Pipeline;
using IngestPipeline.Tests.Pipeline.Forgetting;
using IngestPipeline.Tests.Shared;
using IngestPipeline.Tests.Storage;
using IngestPipeline.Verification;

namespace IngestPipeline.Tests.Azurite;

/// <summary>Forgetting in Azure Blob Storage, begun and not ended a few times.</summary>
[Collection(AzuriteTests.Name)]
public sealed class AzuriteForgetTests(AzuriteServer azurite) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [StoreFact]
    public async Task A_forgotten_article_leaves_no_word_in_any_blob()
    {
        await using var site = await LoopbackSite.StartAsync();
        var time = new TestClock();
        using var queues = WorkQueues.InFolder(_folder["queues"], time);
        var store = BlobStoreFactory.Open($"azurite:{azurite.NewContainer()}", "ingest", azurite.ConnectionString);
        await using var live = await ForgetScene.OpenAsync(store, queues, site, time);
        await ForgetScene.PlayAsync(live, ForgetScene.News(site, time));
        await live.Get<PublishReport>().RunAsync(default);
        Assert.NotEmpty(await StoreWords.FindAsync(store, ForgetScene.Words));
        var target = ForgetTarget.OfArticle(site.Url("/zq-secret").AbsoluteUri)!;
        var carried = ForgetTarget.OfArticle(await ForgetScene.CarriedIdAsync(store))!;

        foreach (var dieAt in (int[])[2, 6, 11, 17, 24])
            await Assert.ThrowsAsync<CrashingStore.CrashException>(
                () => new StoreForgetting(new CrashingStore(store, dieAt, dieAt % 2 == 0), time).RunAsync(target, default));
        await new StoreForgetting(store, time).RunAsync(target, default);
        await new StoreForgetting(store, time).RunAsync(carried, default);

        Assert.Empty(await StoreWords.FindAsync(store, ForgetScene.Words));
        Assert.Empty((await new StoreVerifier(store, time).RunAsync(false, default)).Problems);
        await live.PassAsync(TimeSpan.FromHours(1), TimeSpan.FromMinutes(15));
        Assert.Empty(await StoreWords.FindAsync(store, ForgetScene.Words));
    }

    public void Dispose() => _folder.Dispose();
}
