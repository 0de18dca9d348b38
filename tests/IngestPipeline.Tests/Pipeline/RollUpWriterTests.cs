using IngestPipeline.Pipeline;
using IngestPipeline.Records;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Pipeline;

/// <summary>Two writers of one day's roll-up, one of whom stands still for a while.</summary>
public sealed class RollUpWriterTests
{
    private const string Day = "2026-03-14";

    private readonly InMemoryBlobStore _store = new();

    [Theory]
    [InlineData("replace", "rollups/2026-03-14.ndjson.gz")]
    [InlineData("read", "rollups/manifest.json")]
    [InlineData("replace", "rollups/manifest.json")]
    public async Task A_writer_that_stood_still_leaves_no_older_records_in_the_roll_up(string operation, string name)
    {
        await PutAsync("a");
        await new RollUpWriter(_store).WriteAsync([Day], default);
        await PutAsync("b");
        var stoodStill = false;
        var slow = new FaultingBlobStore(_store, (_, what, where) =>
        {
            if (!stoodStill && (what, where) == (operation, name))
            {
                stoodStill = true;
                OtherAsync().GetAwaiter().GetResult();
            }

            return StoreFault.None;
        });

        await new RollUpWriter(slow).WriteAsync([Day], default);

        Assert.True(stoodStill);
        var known = RollUp.Read((await _store.ReadAsync(StoreNames.RollUpManifest))!.Content.Span).Single();
        var content = new StreamReader(
            new System.IO.Compression.GZipStream(
                new MemoryStream((await _store.ReadAsync(StoreNames.RollUp(Day)))!.Content.ToArray()),
                System.IO.Compression.CompressionMode.Decompress)).ReadToEnd();
        Assert.Equal(3, known.Records);
        Assert.Equal("{\"id\":\"a\"}\n{\"id\":\"b\"}\n{\"id\":\"c\"}\n", content);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(content))), known.Sha256);
    }

    private async Task OtherAsync()
    {
        await PutAsync("c");
        await new RollUpWriter(_store).WriteAsync([Day], default);
    }

    private Task PutAsync(string id) =>
        _store.CreateAsync($"records/{Day}/{new string(id[0], 32)}.json", System.Text.Encoding.UTF8.GetBytes($"{{\"id\":\"{id}\"}}"));
}
