using System.Text;
using IngestPipeline.Storage;

namespace IngestPipeline.Tests.Storage;

/// <summary>What every blob store must do; each store's own test class inherits it. Compiled into both test projects.</summary>
public abstract class BlobStoreContract
{
    /// <summary>A new, empty store.</summary>
    protected abstract IBlobStore NewStore();

    /// <summary>The same place again, as another process would open it.</summary>
    protected abstract IBlobStore Reopen(IBlobStore store);

    /// <summary>How many blobs a listing test writes: more than one page of the store.</summary>
    protected virtual int ManyBlobs => 60;

    [StoreFact]
    public async Task Reads_nothing_where_nothing_was_written()
    {
        var store = NewStore();

        Assert.Null(await store.ReadAsync("records/a.json"));
        Assert.Null(await store.OpenReadAsync("records/a.json"));
        Assert.Null(store.ReadRange("records/a.json", 0, 1));
        Assert.Empty(await NamesAsync(store, ""));
        Assert.True(await store.DeleteAsync("records/a.json"));
        Assert.True(await store.DeleteAsync("records/a.json", await SomeETagAsync()));
    }

    [StoreFact]
    public async Task Reads_back_what_was_created()
    {
        var store = NewStore();
        var created = await store.CreateAsync("records/2026-01-02/a.json", Bytes("one"));

        var read = await Reopen(store).ReadAsync("records/2026-01-02/a.json");
        Assert.True(created.Written);
        Assert.Equal("one", Text(read!.Content));
        Assert.Equal(created.ETag, read.ETag);
    }

    [StoreFact]
    public async Task Tells_a_blobs_etag_without_its_content()
    {
        var store = NewStore();
        Assert.Null(await store.ETagAsync("a"));

        var created = await store.CreateAsync("a", Bytes("one"));
        Assert.Equal(created.ETag, await Reopen(store).ETagAsync("a"));

        var replaced = await store.ReplaceAsync("a", Bytes("two"), created.ETag!);
        Assert.Equal(replaced.ETag, await store.ETagAsync("a"));
        Assert.NotEqual(created.ETag, replaced.ETag);

        await store.DeleteAsync("a");
        Assert.Null(await store.ETagAsync("a"));
    }

    [StoreFact]
    public async Task Keeps_nothing_of_the_memory_that_content_was_handed_over_in()
    {
        var store = NewStore();
        var bytes = Bytes("one");
        var created = await store.CreateAsync("a", bytes);
        "two"u8.CopyTo(bytes);
        await store.ReplaceAsync("b", bytes, (await store.CreateAsync("b", Bytes("none"))).ETag!);
        "six"u8.CopyTo(bytes);
        await store.WriteBatchAsync([new("c", bytes)]);
        "ten"u8.CopyTo(bytes);

        Assert.Equal("one", await TextAsync(store, "a"));
        Assert.Equal("two", await TextAsync(store, "b"));
        Assert.Equal("six", await TextAsync(store, "c"));
        Assert.Equal(created.ETag, await store.ETagAsync("a"));
    }

    [StoreFact]
    public async Task Keeps_empty_and_binary_content()
    {
        var store = NewStore();
        var bytes = Enumerable.Range(0, 1024).Select(i => (byte)i).ToArray();
        await store.CreateAsync("empty", Array.Empty<byte>());
        await store.CreateAsync("binary.gz", bytes);

        Assert.Equal(0, (await store.ReadAsync("empty"))!.Content.Length);
        Assert.Equal(bytes, (await store.ReadAsync("binary.gz"))!.Content.ToArray());
        await using var stream = await store.OpenReadAsync("empty");
        Assert.Equal(-1, stream!.ReadByte());
    }

    [StoreFact]
    public async Task Create_leaves_what_stands_there()
    {
        var store = NewStore();
        var first = await store.CreateAsync("a", Bytes("one"));
        var second = await Reopen(store).CreateAsync("a", Bytes("two"));

        Assert.False(second.Written);
        Assert.Equal(first.ETag, second.ETag);
        Assert.Equal("one", await TextAsync(store, "a"));
    }

    [StoreFact]
    public async Task Create_of_the_same_content_reads_as_success_like_a_lost_reply()
    {
        var store = NewStore();
        var first = await store.CreateAsync("a", Bytes("one"));
        var again = await Reopen(store).CreateAsync("a", Bytes("one"));

        Assert.True(again.Written);
        Assert.Equal(first.ETag, again.ETag);
    }

    [StoreFact]
    public async Task Replace_wants_the_etag_of_what_stands_there()
    {
        var store = NewStore();
        var first = await store.CreateAsync("a", Bytes("one"));
        var second = await Reopen(store).ReplaceAsync("a", Bytes("two"), first.ETag!);
        var late = await store.ReplaceAsync("a", Bytes("three"), first.ETag!);

        Assert.True(second.Written);
        Assert.NotEqual(first.ETag, second.ETag);
        Assert.False(late.Written);
        Assert.Equal(second.ETag, late.ETag);
        Assert.Equal("two", await TextAsync(store, "a"));
        Assert.True((await store.ReplaceAsync("a", Bytes("three"), late.ETag!)).Written);
    }

    [StoreFact]
    public async Task Replace_repeated_after_a_lost_reply_reads_as_success()
    {
        var store = NewStore();
        var first = await store.CreateAsync("a", Bytes("one"));
        var second = await store.ReplaceAsync("a", Bytes("two"), first.ETag!);
        var again = await store.ReplaceAsync("a", Bytes("two"), first.ETag!);

        Assert.True(again.Written);
        Assert.Equal(second.ETag, again.ETag);
    }

    [StoreFact]
    public async Task Replace_of_a_missing_blob_makes_none()
    {
        var store = NewStore();
        var etag = await SomeETagAsync();
        await store.CreateAsync("other", Bytes("x"));

        var result = await store.ReplaceAsync("a", Bytes("two"), etag);

        Assert.Equal(new BlobWriteResult(false, null), result);
        Assert.Null(await store.ReadAsync("a"));
    }

    [StoreFact]
    public async Task Delete_with_a_stale_etag_deletes_nothing()
    {
        var store = NewStore();
        var first = await store.CreateAsync("a", Bytes("one"));
        var second = await store.ReplaceAsync("a", Bytes("two"), first.ETag!);

        Assert.False(await store.DeleteAsync("a", first.ETag));
        Assert.Equal("two", await TextAsync(store, "a"));
        Assert.True(await store.DeleteAsync("a", second.ETag));
        Assert.Null(await store.ReadAsync("a"));
        Assert.True(await store.DeleteAsync("a", second.ETag));
    }

    [StoreFact]
    public async Task Created_again_after_a_delete()
    {
        var store = NewStore();
        await store.CreateAsync("a/b", Bytes("one"));
        await store.DeleteAsync("a/b");

        Assert.True((await store.CreateAsync("a/b", Bytes("two"))).Written);
        Assert.Equal("two", await TextAsync(store, "a/b"));
    }

    [StoreFact]
    public async Task Exactly_one_of_eight_racing_creators_wins_each_name()
    {
        var store = NewStore();
        var names = Enumerable.Range(0, 25).Select(n => $"state/feeds/{n:x8}.json").ToList();

        var wins = await RaceAsync(8, async racer =>
        {
            var mine = Reopen(store);
            var won = new List<string>();
            foreach (var name in names)
            {
                if ((await mine.CreateAsync(name, Bytes($"by {racer}"))).Written)
                    won.Add($"{name} by {racer}");
            }
            return won;
        });

        var winners = wins.SelectMany(w => w).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(names.Count, winners.Count);
        foreach (var name in names)
            Assert.Contains($"{name} {await TextAsync(store, name)}", winners);
    }

    [StoreFact]
    public async Task No_update_is_lost_when_eight_writers_count_up_together()
    {
        var store = NewStore();
        await store.CreateAsync("state/count", Bytes("0"));

        await RaceAsync(8, async racer =>
        {
            var mine = Reopen(store);
            for (var done = 0; done < 5;)
            {
                var read = (await mine.ReadAsync("state/count"))!;
                var next = int.Parse(Text(read.Content).Split(' ')[0]) + 1;
                // With the writer's mark: the same content by two writers would count as one write.
                if ((await mine.ReplaceAsync("state/count", Bytes($"{next} by {racer}"), read.ETag)).Written)
                    done++;
            }
            return 0;
        });

        Assert.StartsWith("40 by ", await TextAsync(store, "state/count"), StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task Lists_below_a_prefix_in_ordinal_order_across_pages()
    {
        var store = NewStore();
        string[] odd = ["a-b", "a.b", "a/b", "a0", "aB/c", "aa", "B", "a/b-c", "a/b.json", "z/z/z/z", "a/0", "a-b0/x", "a_b/c"];
        var names = odd.Concat(Enumerable.Range(0, ManyBlobs).Select(n => $"records/2026-01-{n % 3 + 1:00}/{n:x6}.json")).ToList();
        await store.WriteBatchAsync(names.Select(n => new BlobWrite(n, Bytes(n))).ToList());

        Assert.Equal(names.Order(StringComparer.Ordinal), await NamesAsync(store, ""));
        foreach (var prefix in new[] { "records/", "records/2026-01-02/", "records/2026-01-0", "records/2026-01-02/00000", "a", "a/", "a/b", "none/", "z/z/z/z" })
        {
            var expected = names.Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
            Assert.Equal(expected, await NamesAsync(store, prefix));
        }
    }

    [StoreFact]
    public async Task Listing_tells_lengths()
    {
        var store = NewStore();
        await store.CreateAsync("a", Bytes("four"));
        await store.CreateAsync("b", Array.Empty<byte>());

        Assert.Equal([new("a", 4), new("b", 0)], await store.ListAsync("").ToListAsync());
    }

    [StoreFact]
    public async Task Opens_for_reading_from_an_offset()
    {
        var store = NewStore();
        await store.CreateAsync("a", Bytes("0123456789"));

        Assert.Equal("0123456789", await RestAsync(store, "a", 0));
        Assert.Equal("789", await RestAsync(store, "a", 7));
        Assert.Equal("", await RestAsync(store, "a", 10));
        Assert.Equal("", await RestAsync(store, "a", 11));
    }

    [StoreFact]
    public async Task Reads_a_range()
    {
        var store = NewStore();
        await store.CreateAsync("a", Bytes("0123456789"));
        await store.CreateAsync("empty", Array.Empty<byte>());

        Assert.Equal(
            ["0123456789", "012", "789", "9", "", "", null], new (long Offset, int Length)[] { (0, 10), (0, 3), (7, 3), (9, 5), (10, 1), (1L << 40, 7) }
            .Select(r => Text(store.ReadRange("a", r.Offset, r.Length)!.Value)).Append(store.ReadRange("b", 0, 1) is { } other ? Text(other) : null));
        Assert.Equal("0123456789", Text(Reopen(store).ReadRange("a", 0, int.MaxValue)!.Value));
        Assert.Equal(0, store.ReadRange("empty", 0, 1)!.Value.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => store.ReadRange("a", -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => store.ReadRange("a", 0, 0));
    }

    [StoreFact]
    public async Task Keeps_a_blob_of_eight_megabytes()
    {
        var store = NewStore();
        var content = new byte[8 << 20];
        new Random(7).NextBytes(content);
        Assert.True((await store.CreateAsync("capture/2026-01-02/big.warc.gz", content)).Written);

        Assert.True((await store.ReadAsync("capture/2026-01-02/big.warc.gz"))!.Content.Span.SequenceEqual(content));
        await using var stream = (await store.OpenReadAsync("capture/2026-01-02/big.warc.gz", 5 << 20))!;
        var rest = new MemoryStream();
        await stream.CopyToAsync(rest);
        Assert.True(rest.ToArray().AsSpan().SequenceEqual(content.AsSpan(5 << 20)));
        Assert.Equal(0, await store.WriteBatchAsync([new("capture/2026-01-02/big.warc.gz", content)]));
    }

    [StoreFact]
    public async Task Batch_writes_only_what_is_new_or_changed()
    {
        var store = NewStore();
        var first = Enumerable.Range(0, 40).Select(n => new BlobWrite($"articles/2026-01-02/{n:x4}.json", Bytes($"text {n}"))).ToList();
        Assert.Equal(40, await store.WriteBatchAsync(first));
        Assert.Equal(0, await Reopen(store).WriteBatchAsync(first));

        // The same length, so that only the content tells.
        var second = first.Select((b, n) => n % 10 == 0 ? b with { Content = Bytes($"TEXT {n}") } : b).Append(new("new", Bytes("new"))).ToList();
        Assert.Equal(5, await store.WriteBatchAsync(second));
        Assert.Equal("TEXT 10", await TextAsync(store, "articles/2026-01-02/000a.json"));
        Assert.Equal("text 11", await TextAsync(store, "articles/2026-01-02/000b.json"));
        Assert.Equal(0, await store.WriteBatchAsync([]));
    }

    [StoreFact]
    public async Task Last_of_two_equal_names_in_a_batch_stands()
    {
        var store = NewStore();
        await store.WriteBatchAsync([new("a", Bytes("one")), new("b", Bytes("x")), new("a", Bytes("two"))]);

        Assert.Equal("two", await TextAsync(store, "a"));
    }

    [StoreFact]
    public async Task Batches_of_the_same_content_at_once_do_no_harm()
    {
        var store = NewStore();
        var blobs = Enumerable.Range(0, 30).Select(n => new BlobWrite($"records/{n:x4}.json", Bytes($"text {n}"))).ToList();

        await RaceAsync(4, _ => Reopen(store).WriteBatchAsync(blobs));

        Assert.Equal(blobs.Select(b => b.Name), await NamesAsync(store, ""));
        foreach (var blob in blobs)
            Assert.Equal(Text(blob.Content), await TextAsync(store, blob.Name));
    }

    [StoreFact]
    public async Task Prepare_twice_leaves_the_store_empty_and_writable()
    {
        var store = NewStore();
        await store.PrepareAsync();
        await store.PrepareAsync();

        Assert.Empty(await NamesAsync(store, ""));
        Assert.True((await store.CreateAsync("a", Bytes("one"))).Written);
    }

    [StoreFact]
    public async Task Refuses_names_that_are_no_names()
    {
        var store = NewStore();
        string[] bad =
        [
            "", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/../b", "a/./b", "a/.b", ".a", "a.", "a./b", "a\\b", "a b", "a\0b", "a\nb", "a%2fb", "é", "Ａ",
            "con", "NUL.txt", "a/com1/b", "a:b", "a*b", "a?b", "~", "C:/x", new('a', 201), string.Join('/', Enumerable.Repeat("aaaa", 110)),
        ];
        foreach (var name in bad)
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => store.ReadAsync(name));
            await Assert.ThrowsAnyAsync<ArgumentException>(() => store.OpenReadAsync(name));
            Assert.ThrowsAny<ArgumentException>(() => store.ReadRange(name, 0, 1));
            await Assert.ThrowsAnyAsync<ArgumentException>(() => store.CreateAsync(name, Bytes("x")));
            await Assert.ThrowsAnyAsync<ArgumentException>(() => store.ReplaceAsync(name, Bytes("x"), "tag"));
            await Assert.ThrowsAnyAsync<ArgumentException>(() => store.DeleteAsync(name));
            await Assert.ThrowsAnyAsync<ArgumentException>(() => store.WriteBatchAsync([new("good", Bytes("x")), new(name, Bytes("x"))]));
        }
        Assert.Empty(await NamesAsync(store, ""));
        Assert.ThrowsAny<ArgumentException>(() => store.ListAsync("../"));
        Assert.ThrowsAny<ArgumentException>(() => store.ListAsync("a\\"));
    }

    [StoreFact]
    public async Task Takes_every_kind_of_allowed_name()
    {
        var store = NewStore();
        string[] good = ["a", "A-b_c.d", "records/2026-01-02/0f3c.json", "0/1/2/3/4/5/6/7/8/9", "console", "com10", "a..b", "-", "_", new('a', 200)];
        foreach (var name in good)
            Assert.True((await store.CreateAsync(name, Bytes(name))).Written);
        foreach (var name in good)
            Assert.Equal(name, await TextAsync(store, name));
    }

    protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    protected static async Task<string?> TextAsync(IBlobStore store, string name) =>
        await store.ReadAsync(name) is { } blob ? Text(blob.Content) : null;

    protected static async Task<List<string>> NamesAsync(IBlobStore store, string prefix) =>
        await store.ListAsync(prefix).Select(b => b.Name).ToListAsync();

    private static async Task<string> RestAsync(IBlobStore store, string name, long offset)
    {
        await using var stream = (await store.OpenReadAsync(name, offset))!;
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    private static async Task<T[]> RaceAsync<T>(int racers, Func<int, Task<T>> run)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var tasks = Enumerable.Range(0, racers).Select(racer => Task.Run(async () =>
        {
            await start.Task;
            return await run(racer);
        })).ToList();
        start.SetResult();
        return await Task.WhenAll(tasks);
    }

    private async Task<string> SomeETagAsync() => (await NewStore().CreateAsync("a", Bytes("some"))).ETag!;
}
