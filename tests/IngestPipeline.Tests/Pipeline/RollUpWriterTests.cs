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
        var content = await ContentAsync();
        Assert.Equal(3, known.Records);
        Assert.Equal("{\"id\":\"a\"}\n{\"id\":\"b\"}\n{\"id\":\"c\"}\n", content);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(content))), known.Sha256);
    }

    [Fact]
    public async Task What_was_just_written_is_not_read_back_but_when_another_writer_came_between()
    {
        await PutAsync("a");
        await PutAsync("b");
        var name = $"records/{Day}/{new string('a', 32)}.json";
        var held = new Dictionary<string, ReadOnlyMemory<byte>> { [name] = "{\"id\":\"held\"}"u8.ToArray() };
        var (reads, stoodStill) = (0, false);
        var slow = new FaultingBlobStore(_store, (_, what, where) =>
        {
            reads += what == "read" && where == name ? 1 : 0;
            if (!stoodStill && (what, where) == ("create", $"rollups/{Day}.ndjson.gz"))
            {
                stoodStill = true;
                Assert.Equal(0, reads);
                OtherAsync().GetAwaiter().GetResult();
            }

            return StoreFault.None;
        });

        await new RollUpWriter(slow).WriteAsync([Day], default, held);

        Assert.True(stoodStill);
        Assert.Equal(1, reads);
        Assert.Equal("{\"id\":\"a\"}\n{\"id\":\"b\"}\n{\"id\":\"c\"}\n", await ContentAsync());
        await new RollUpWriter(_store).WriteAsync([Day], default, held);
        Assert.Equal("{\"id\":\"held\"}\n{\"id\":\"b\"}\n{\"id\":\"c\"}\n", await ContentAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_made_ahead_is_taken_when_the_day_has_nothing_else(bool hasMore)
    {
        await PutAsync("a");
        await PutAsync("b");
        if (hasMore)
            await PutAsync("c");
        var held = new Dictionary<string, ReadOnlyMemory<byte>>
        {
            [$"records/{Day}/{new string('b', 32)}.json"] = "{\"id\":\"held b\"}"u8.ToArray(),
            ["records/2026-03-13/dddddddddddddddddddddddddddddddd.json"] = "{}"u8.ToArray(),
            [$"records/{Day}/{new string('a', 32)}.json"] = "{\"id\":\"held a\"}"u8.ToArray(),
        };
        var writer = new RollUpWriter(_store);

        writer.MakeAhead(held);
        await writer.WriteAsync([Day], default, held);

        var expected = "{\"id\":\"held a\"}\n{\"id\":\"held b\"}\n" + (hasMore ? "{\"id\":\"c\"}\n" : "");
        Assert.Equal(expected, await ContentAsync());
        var known = RollUp.Read((await _store.ReadAsync(StoreNames.RollUpManifest))!.Content.Span).Single();
        Assert.Equal((hasMore ? 3 : 2, expected.Length), (known.Records, (int)known.Bytes));
        // Once: what is written later is read.
        await writer.WriteAsync([Day], default);
        Assert.Equal(hasMore ? "{\"id\":\"a\"}\n{\"id\":\"b\"}\n{\"id\":\"c\"}\n" : "{\"id\":\"a\"}\n{\"id\":\"b\"}\n", await ContentAsync());
    }

    private async Task<string> ContentAsync() =>
        new StreamReader(
            new System.IO.Compression.GZipStream(
                new MemoryStream((await _store.ReadAsync(StoreNames.RollUp(Day)))!.Content.ToArray()),
                System.IO.Compression.CompressionMode.Decompress)).ReadToEnd();

    private async Task OtherAsync()
    {
        await PutAsync("c");
        await new RollUpWriter(_store).WriteAsync([Day], default);
    }

    private Task PutAsync(string id) =>
        _store.CreateAsync($"records/{Day}/{new string(id[0], 32)}.json", System.Text.Encoding.UTF8.GetBytes($"{{\"id\":\"{id}\"}}"));
}
