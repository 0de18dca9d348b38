using IngestPipeline.Archive;
using IngestPipeline.Fetching;

namespace IngestPipeline.Tests.Fetching;

/// <summary>Compares what a live fetch gave with what its captures give.</summary>
internal static class Replays
{
    public static async Task AssertEqualAsync(
        TestFetching fetching, Uri url, FetchResult live, DateTimeOffset? asOf = null, Func<FetchRequest, FetchRequest>? with = null)
    {
        await using var archive = await fetching.ArchiveAsync();
        Assert.Empty(archive.Faults);
        using var fetcher = new PageFetcher(new ArchiveHandler(archive, failsAgain: true));
        var request = new FetchRequest(url) { AsOf = asOf ?? DateTimeOffset.UnixEpoch };
        var replayed = await fetcher.FetchAsync(with?.Invoke(request) ?? request, CancellationToken.None);
        Assert.Equal(Comparable(live), Comparable(replayed));
        Assert.Equal(live.Body.ToArray(), replayed.Body.ToArray());
    }

    // When to come again is a matter of the moment, and which record answered is one of the archive.
    private static FetchResult Comparable(FetchResult result) => result with { Body = default, Capture = null, NotBefore = null };
}
