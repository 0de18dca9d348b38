using System.Diagnostics;
using IngestPipeline.Storage;

namespace IngestPipeline.Tests.Storage;

public sealed class FolderBlobStoreTests : BlobStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private int _stores;

    protected override int ManyBlobs => 6000;

    public void Dispose() => _folder.Dispose();

    protected override IBlobStore NewStore() => new FolderBlobStore(_folder[$"store{_stores++}"]);

    protected override IBlobStore Reopen(IBlobStore store) => new FolderBlobStore(store.Location);

    [Fact]
    public async Task Writers_that_name_their_temporary_files_alike_do_not_trip_over_each_other()
    {
        var store = NewStore();

        // Each has a count of its own, as processes in containers with one process id have.
        var written = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var mine = Reopen(store);
            var sum = 0;
            for (var batch = 0; batch < 10; batch++)
                sum += await mine.WriteBatchAsync(
                    [.. Enumerable.Range(0, 50).Select(n => new BlobWrite($"records/{writer}/{batch}-{n}.json", Bytes($"{writer} {batch} {n}")))]);
            return sum;
        })));

        Assert.Equal(8 * 10 * 50, written.Sum());
        Assert.Equal("7 9 49", await TextAsync(store, "records/7/9-49.json"));
    }

    [Fact]
    public async Task A_blob_is_a_file_at_its_name()
    {
        var store = NewStore();
        await store.CreateAsync("records/2026-01-02/a.json", Bytes("one"));

        Assert.Equal("one", await File.ReadAllTextAsync(Path.Combine(store.Location, "records", "2026-01-02", "a.json")));
    }

    [Fact]
    public void Opening_a_store_makes_no_folder()
    {
        Assert.False(Directory.Exists(NewStore().Location));
    }

    [Fact]
    public async Task Etag_is_of_the_content_alone()
    {
        var one = await NewStore().CreateAsync("a", Bytes("same"));
        var other = await NewStore().CreateAsync("b", Bytes("same"));

        Assert.Equal(one.ETag, other.ETag);
    }

    [Fact]
    public async Task No_temporary_file_stays_behind()
    {
        var store = NewStore();
        var created = await store.CreateAsync("a", Bytes("one"));
        await store.CreateAsync("a", Bytes("two"));
        await store.ReplaceAsync("a", Bytes("three"), created.ETag!);
        await store.WriteBatchAsync([new("b", Bytes("x")), new("c/d", Bytes("y"))]);

        Assert.All(
            Directory.EnumerateFiles(Path.Combine(store.Location, ".store")), f => Assert.StartsWith("lock-", Path.GetFileName(f), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Leftovers_of_a_crashed_writer_are_not_listed_and_are_swept_when_old()
    {
        var store = NewStore();
        await store.CreateAsync("a", Bytes("one"));
        var old = Leftover(store, ".tmp-1-1", TimeSpan.FromHours(2));
        var fresh = Leftover(store, ".tmp-1-2", TimeSpan.FromMinutes(2));
        Assert.Equal(["a"], await NamesAsync(store, ""));

        await Reopen(store).PrepareAsync();
        Assert.False(File.Exists(old));
        Assert.True(File.Exists(fresh));
        Assert.Equal("one", await TextAsync(store, "a"));
    }

    [Fact]
    public async Task A_leftover_of_our_own_name_does_not_stop_a_writer()
    {
        var store = NewStore();
        await store.PrepareAsync();
        for (var n = 0; n < 5; n++)
            Leftover(store, $".tmp-{Environment.ProcessId}-{n}", TimeSpan.Zero);

        Assert.True((await Reopen(store).CreateAsync("a", Bytes("one"))).Written);
    }

    [Fact]
    public async Task Files_that_are_no_blobs_are_not_listed()
    {
        var store = NewStore();
        await store.CreateAsync("a", Bytes("one"));
        await File.WriteAllTextAsync(Path.Combine(store.Location, ".DS_Store"), "x");
        await File.WriteAllTextAsync(Path.Combine(store.Location, "my notes.txt"), "x");

        Assert.Equal(["a"], await NamesAsync(store, ""));
    }

    [Fact]
    public async Task A_folder_is_no_blob()
    {
        var store = NewStore();
        await store.CreateAsync("a/b", Bytes("one"));

        Assert.Null(await store.ReadAsync("a"));
        Assert.Null(await store.OpenReadAsync("a"));
    }

    [Fact]
    public async Task Writes_again_after_its_folder_was_removed()
    {
        var store = NewStore();
        await store.CreateAsync("a/b", Bytes("one"));
        Directory.Delete(store.Location, recursive: true);

        Assert.True((await store.CreateAsync("a/b", Bytes("two"))).Written);
        Directory.Delete(Path.Combine(store.Location, "a"), recursive: true);
        Assert.Equal(1, await store.WriteBatchAsync([new("a/b", Bytes("three"))]));
        Directory.Delete(Path.Combine(store.Location, "a"), recursive: true);
        Assert.True((await store.CreateAsync("a/b", Bytes("four"))).Written);
    }

    [Fact]
    public void A_file_where_the_folder_should_be_is_told_in_one_line()
    {
        File.WriteAllText(_folder["file"], "x");

        foreach (var path in new[] { _folder["file"], Path.Combine(_folder["file"], "below", "it") })
        {
            var error = Assert.Throws<StorageException>(() => new FolderBlobStore(path));
            Assert.Contains($"{_folder["file"]} is a file, not a folder", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
    }

    [Fact]
    public async Task A_file_where_a_folder_is_needed_is_told_in_one_line()
    {
        var store = NewStore();
        await store.CreateAsync("a", Bytes("one"));

        var error = await Assert.ThrowsAsync<StorageException>(() => store.CreateAsync("a/b", Bytes("two")));
        Assert.Contains("is a file, not a folder", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        await Assert.ThrowsAsync<StorageException>(() => store.WriteBatchAsync([new("a/b", Bytes("two"))]));
    }

    [Fact]
    public async Task A_folder_where_a_blob_should_be_is_told_in_one_line()
    {
        var store = NewStore();
        await store.CreateAsync("a/b", Bytes("one"));

        var error = await Assert.ThrowsAsync<StorageException>(() => store.WriteBatchAsync([new("a", Bytes("two"))]));
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task A_place_where_nobody_may_write_is_told_in_one_line()
    {
        // The kernel's own file system takes no folder from anyone, root or not.
        if (!Directory.Exists("/proc/self"))
            return;
        var store = new FolderBlobStore("/proc/ingest-test");

        foreach (var write in new Func<Task>[]
        {
            () => store.PrepareAsync(),
            () => store.CreateAsync("a", Bytes("x")),
            () => store.WriteBatchAsync([new("a", Bytes("x"))]),
        })
        {
            var error = await Assert.ThrowsAsync<StorageException>(write);
            Assert.StartsWith("Cannot ", error.Message, StringComparison.Ordinal);
            Assert.Contains("/proc/ingest-test", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
        Assert.Null(await store.ReadAsync("a"));
    }

    [Fact]
    public async Task A_full_disk_is_told_in_one_line()
    {
        // Every write to this device of Linux fails as on a full disk.
        if (!File.Exists("/dev/full"))
            return;
        var guard = new FolderGuard("/out");

        var error = await Assert.ThrowsAsync<StorageException>(() => guard.RunAsync("create", "/out/a", async () =>
        {
            await using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            full.Write([1]);
            return 0;
        }));
        Assert.Equal("Cannot create /out/a: the disk is full. Free some space, or use another folder; what was written so far is whole.", error.Message);
    }

    [Fact]
    public async Task Two_processes_never_hold_the_lock_together()
    {
        if (OperatingSystem.IsWindows() || !File.Exists("/usr/bin/flock"))
            return;
        var store = NewStore();
        var created = await store.CreateAsync("a", Bytes("one"));
        // The one lock file that there is now is the one of this name.
        await store.ReplaceAsync("a", Bytes("one"), created.ETag!);
        var lockFile = Assert.Single(Directory.EnumerateFiles(Path.Combine(store.Location, ".store")));
        using var other = Process.Start(new ProcessStartInfo("/usr/bin/flock", [lockFile, "sh", "-c", "echo held; read line"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("held", await other.StandardOutput.ReadLineAsync());

        var replacing = store.ReplaceAsync("a", Bytes("two"), created.ETag!);
        Assert.NotSame(replacing, await Task.WhenAny(replacing, Task.Delay(200)));
        await other.StandardInput.WriteLineAsync("go");
        Assert.True((await replacing).Written);
        await other.WaitForExitAsync();
    }

    private static string Leftover(IBlobStore store, string name, TimeSpan age)
    {
        var path = Path.Combine(store.Location, ".store", name);
        File.WriteAllText(path, "half");
        File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime - age);
        return path;
    }
}
