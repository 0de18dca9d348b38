using System.Text;
using System.Text.Json;
using IngestPipeline.Pipeline;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Records;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Storage;
using IngestPipeline.Verification;

namespace IngestPipeline.Tests.Pipeline;

/// <summary>Two that write decisions into one store at once: whoever is late is told so in one line, and nothing of either is lost.</summary>
public sealed class TwoWritersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FolderBlobStore _store;

    public TwoWritersTests() => _store = new(_folder["store"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_replay_that_another_one_overtakes_is_told_so_and_run_again_it_adds_what_it_has()
    {
        var (first, second) = (Save("first", 1), Save("second", 2));
        var overtaken = 0;
        // The other comes in just before the first one's manifest.
        var store = new FaultingBlobStore(_store, (_, operation, name) =>
        {
            if (name == StoreNames.DecisionManifest && operation != "read" && overtaken++ == 0)
                Task.Run(() => ReplayRun.RunAsync([second], _store)).GetAwaiter().GetResult();
            return StoreFault.None;
        });

        var error = await Assert.ThrowsAsync<StorageException>(() => ReplayRun.RunAsync([first], store));

        Assert.Equal($"{_store.Location}: another run is writing to this store. Wait until it has ended, then run again.", error.Message);
        await ReplayRun.RunAsync([first], _store);
        Assert.True((await new StoreVerifier(_store, TimeProvider.System).RunAsync(repair: false, default)).IsSound);
        Assert.Equal(
            ["Story 1", "Story 2"],
            ReplayRun.Records(_folder["store"]).Select(r => r.GetProperty("title").GetProperty("value").GetString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_writer_that_was_overtaken_before_its_view_leaves_what_it_wrote_there_to_be_written_again()
    {
        // Copies of one report: each changes the record of the other.
        var (first, second) = (Save("first", 1), Save("second", 1));
        var overtaken = 0;
        var store = new FaultingBlobStore(_store, (_, operation, name) =>
        {
            if (operation == "batch" && name.StartsWith("records/", StringComparison.Ordinal) && overtaken++ == 0)
                Task.Run(() => ReplayRun.RunAsync([second], _store)).GetAwaiter().GetResult();
            return StoreFault.None;
        });

        await Assert.ThrowsAsync<StorageException>(() => ReplayRun.RunAsync([first], store));
        Assert.False((await new StoreVerifier(_store, TimeProvider.System).RunAsync(repair: false, default)).IsSound);

        await ReplayRun.RunAsync([first], _store);
        Assert.True((await new StoreVerifier(_store, TimeProvider.System).RunAsync(repair: false, default)).IsSound);
    }

    [Fact]
    public async Task Who_read_by_cursor_what_an_overtaken_writer_had_put_back_reads_it_again()
    {
        var (first, second) = (Save("first", 1), Save("second", 1));
        var (records, cursor) = (new SortedDictionary<string, string>(StringComparer.Ordinal), 0);
        var overtaken = 0;
        var store = new FaultingBlobStore(_store, (_, operation, name) =>
        {
            if (operation != "batch")
                return StoreFault.None;
            if (name.StartsWith("records/", StringComparison.Ordinal) && overtaken++ == 0)
                Task.Run(() => ReplayRun.RunAsync([second], _store)).GetAwaiter().GetResult();
            // Its older record stands in place of the newer.
            if (name.StartsWith("changes/", StringComparison.Ordinal))
                Task.Run(ReadAsync).GetAwaiter().GetResult();
            return StoreFault.None;
        });

        await Assert.ThrowsAsync<StorageException>(() => ReplayRun.RunAsync([first], store));
        Assert.Equal(2, records.Count);
        await ReplayRun.RunAsync([first], _store);
        await ReadAsync();

        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var read = await RecordStore.OpenAsync(_store);
        foreach (var day in read.Days)
            await PutAsync(read.ReadDayAsync(day.Name), all);
        Assert.Equal(all, records);
        Assert.True((await new StoreVerifier(_store, TimeProvider.System).RunAsync(repair: true, default)).IsSound);
        // Nothing is said again once it was said.
        await ReplayRun.RunAsync([first], _store);
        Assert.Equal(read.Cursor, (await RecordStore.OpenAsync(_store)).Cursor);

        async Task ReadAsync()
        {
            var reader = await RecordStore.OpenAsync(_store);
            await PutAsync(reader.ReadChangedAsync(cursor), records);
            await foreach (var change in reader.ChangesAsync(cursor))
                cursor = change.Cursor;
        }

        static async Task PutAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> lines, SortedDictionary<string, string> into)
        {
            await foreach (var line in lines)
                into[JsonElement.Parse(line.Span).GetProperty("id").GetString()!] = Encoding.UTF8.GetString(line.Span);
        }
    }

    [Fact]
    public async Task A_replay_does_not_begin_while_a_back_fill_decides()
    {
        var archive = Save("first", 1);
        await using (var lease = await WriterLease.TryTakeAsync(_store, PipelineVersion.Of(new()), TimeProvider.System, default))
        {
            var error = await Assert.ThrowsAsync<StorageException>(() => ReplayRun.RunAsync([archive], _store));
            Assert.Equal($"{_store.Location}: a back-fill is writing to this store. Wait until it has ended, then run again.", error.Message);
        }

        Assert.NotNull((await ReplayRun.RunAsync([archive], _store)).Summary);
    }

    private string Save(string name, int story) =>
        new TestWeb().Feed($"https://{name}.example/feed", 0, ($"Story {story}", $"https://{name}.example/a")).Article(
            $"https://{name}.example/a", 1, $"Story {story}", TestWeb.Story(story)).Save(_folder[name + ".warc"]);
}
