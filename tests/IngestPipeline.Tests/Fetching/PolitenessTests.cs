using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IngestPipeline.Fetching;
using IngestPipeline.Fetching.Hosts;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Shared;
using IngestPipeline.Tests.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IngestPipeline.Tests.Fetching;

/// <summary>What a server sees of several instances at work.</summary>
public sealed class PolitenessTests
{
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(5);
    private readonly TestClock _clock = new();

    [Fact]
    public async Task A_host_is_never_asked_twice_at_once_nor_within_its_gap_by_three_instances()
    {
        await using var site = await LoopbackSite.StartAsync();
        var (running, most) = (0, 0);
        var spans = new List<(DateTimeOffset Start, DateTimeOffset End)>();
        var pages = Enumerable.Range(0, 18).Select(i => $"/{i}").ToArray();
        foreach (var page in pages)
        {
            site.On(page, async context =>
            {
                var start = _clock.GetUtcNow();
                most = Math.Max(most, Interlocked.Increment(ref running));
                await Task.Yield();
                Interlocked.Decrement(ref running);
                lock (spans)
                    spans.Add((start, _clock.GetUtcNow()));
                await context.Response.WriteAsync("text");
            });
        }

        var store = new InMemoryBlobStore();
        var options = TestFetching.Options(site.Host) with { HostGap = Gap };
        var instances = Enumerable.Range(0, 3).Select(_ => LiveWeb.Create(store, options, _clock)).ToArray();
        await LetPassAsync(store, site.Host, Task.WhenAll(pages.Select((page, i) => Task.Run(() => UntilAskedAsync(instances[i % 3], site.Url(page))))));
        foreach (var instance in instances)
            await instance.DisposeAsync();

        Assert.Equal(1, most);
        Assert.Equal(pages.Length, spans.Count);
        spans.Sort();
        Assert.All(spans.Zip(spans.Skip(1)), p => Assert.True(p.Second.Start - p.First.End >= Gap, $"{p.First} {p.Second}"));
        // Shared by all; where a busy machine lets the first answer come too late, another instance asks again, and never each for every page.
        Assert.InRange(site.Paths.Count(p => p == "/robots.txt"), 1, instances.Length);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_not_accepted()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.UseHttps(certificate)));
        await using var app = builder.Build();
        var asked = 0;
        app.Run(context =>
        {
            asked++;
            return context.Response.WriteAsync("text");
        });
        await app.StartAsync();
        var root = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

        await using var fetching = new TestFetching(TestFetching.Options(root.Authority) with { ObeyRobots = false });
        var result = await fetching.FetchAsync(new(root, "/page"));
        Assert.Equal(
            (FetchStatus.Unavailable, "no secure connection could be made: TLS failed, or the certificate is not valid"), (result.Status, result.Reason));
        Assert.Equal(0, asked);
        await Replays.AssertEqualAsync(fetching, new(root, "/page"), result);
    }

    [Fact]
    public async Task The_news_of_a_feed_alone_are_a_poll_in_the_replay_too()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.On("/feed", context =>
        {
            context.Response.Headers.ETag = context.Request.Headers["A-IM"] == "feed" ? "\"2\"" : "\"1\"";
            context.Response.StatusCode = context.Request.Headers["A-IM"] == "feed" ? 226 : 200;
            context.Response.ContentType = "application/rss+xml";
            return context.Response.WriteAsync($"<rss version=\"2.0\"><channel><title>{context.Response.StatusCode}</title></channel></rss>");
        });
        await using var fetching = new TestFetching(TestFetching.Options(site.Host));
        await fetching.FetchAsync(site.Url("/feed"));
        var news = await fetching.Web.Fetcher.FetchAsync(new(site.Url("/feed")) { ETag = "\"1\"", WantsFeed = true }, default);
        Assert.Equal((FetchStatus.Fetched, 226), (news.Status, news.StatusCode));
        await using var archive = await fetching.ArchiveAsync();
        Assert.Equal([200, 226], archive.Feeds().Select(c => c.Status));
    }

    /// <summary>Moves the clock until the work is done, but not while the host is being asked: how long that takes is the machine's affair.</summary>
    private async Task LetPassAsync(IBlobStore store, string host, Task work)
    {
        while (!work.IsCompleted)
        {
            var state = await HostGate.ReadAsync(store, host, default);
            if (state?.BusyUntil is null || state.Next - Gap > _clock.GetUtcNow())
                _clock.Advance(TimeSpan.FromSeconds(0.5));
            else
                await Task.Yield();
        }

        await work;
    }

    private async Task UntilAskedAsync(LiveWeb web, Uri url)
    {
        while (true)
        {
            var result = await web.Fetcher.FetchAsync(new(url), default);
            if (result.Status == FetchStatus.Fetched)
                return;
            Assert.Equal(FetchStatus.Deferred, result.Status);
            var wait = result.NotBefore!.Value - _clock.GetUtcNow();
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, _clock);
        }
    }
}
