using Azure.Storage.Blobs;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Fetching;
using Microsoft.AspNetCore.Http;

namespace IngestPipeline.Tests.Storage;

/// <summary>A blob service that stumbles or refuses, on the loopback interface: the client's retries are the one retry layer.</summary>
public sealed class AzureFaultTests : IAsyncLifetime
{
    private LoopbackSite _site = null!;

    public async Task InitializeAsync() => _site = await LoopbackSite.StartAsync();

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(0)]
    public async Task One_failure_is_tried_again_and_then_answered(int status)
    {
        FailOnce(status);
        Assert.Equal("text", System.Text.Encoding.UTF8.GetString((await Store().ReadAsync("a"))!.Content.Span));
        Assert.Equal(2, Asked().Count);
    }

    [Fact]
    public async Task A_service_that_says_when_to_come_again_is_not_asked_before()
    {
        FailOnce(503, "2");
        Assert.NotNull(await Store().ReadAsync("a"));
        var asked = Asked();
        Assert.Equal(2, asked.Count);
        // Without it the next try would come after a tenth of a second.
        Assert.True(asked[1].At - asked[0].At > TimeSpan.FromSeconds(1.8));
    }

    [Theory]
    [InlineData(429, 3, "answered 429")]
    [InlineData(500, 3, "answered 500")]
    [InlineData(503, 3, "answered 503")]
    [InlineData(401, 1, "refused the key or signature")]
    [InlineData(403, 1, "refused access")]
    [InlineData(404, 1, "was not found")]
    [InlineData(0, 3, "is not running at")]
    public async Task One_that_keeps_failing_is_told_in_one_line_and_a_refusal_is_not_repeated(int status, int times, string words)
    {
        Always(context => Fail(context, status));
        var error = await Assert.ThrowsAsync<StorageException>(() => Store().ReadAsync("a"));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.False(error.IsDamage);
        Assert.Equal(times, Asked().Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_that_does_not_answer_or_stops_in_the_middle_of_a_body_is_given_up(bool hasBegun)
    {
        Always(async context =>
        {
            if (hasBegun)
            {
                context.Response.ContentLength = 4;
                Describe(context);
                await context.Response.WriteAsync("te");
                await context.Response.Body.FlushAsync();
            }

            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        var options =
            new BlobClientOptions { Retry = { MaxRetries = 1, Delay = TimeSpan.FromMilliseconds(1), NetworkTimeout = TimeSpan.FromMilliseconds(300) } };
        var store = new AzureBlobStore(new BlobContainerClient(_site.Url("/acct/ingest"), options));

        var error = await Assert.ThrowsAsync<StorageException>(() => store.ReadAsync("a"));
        Assert.DoesNotContain('\n', error.Message);
    }

    private IBlobStore Store() => BlobStoreFactory.Open(_site.Url("/acct/ingest").ToString(), "ingest", azurite: null);

    private List<LoopbackSite.Asked> Asked() => [.. _site.Requests.Where(r => r.Path == "/acct/ingest/a")];

    private void Always(Func<HttpContext, Task> answer) => _site.On("/acct/ingest/a", answer);

    private void FailOnce(int status, string? retryAfter = null)
    {
        var asked = 0;
        Always(context =>
        {
            if (Interlocked.Increment(ref asked) > 1)
            {
                Describe(context);
                return context.Response.WriteAsync("text");
            }

            if (retryAfter is not null)
                context.Response.Headers.RetryAfter = retryAfter;
            return Fail(context, status);
        });
    }

    // 0: the connection is reset.
    private static Task Fail(HttpContext context, int status)
    {
        if (status == 0)
            context.Abort();
        else
            context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static void Describe(HttpContext context)
    {
        context.Response.Headers.ETag = "\"1\"";
        context.Response.Headers.LastModified = "Sun, 01 Mar 2026 08:00:00 GMT";
        context.Response.Headers["x-ms-blob-type"] = "BlockBlob";
    }
}
