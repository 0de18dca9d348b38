using System.Text;
using IngestPipeline.Storage;

namespace IngestPipeline.Tests.Storage;

/// <summary>
/// The power goes after each call that a folder store makes: what was acknowledged is there, what a single write left is whole or not there, and what
/// a manifest names is whole.
/// </summary>
public sealed class PowerLossTests : IDisposable
{
    private const int States = 40;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_acknowledged_survives_and_nothing_is_torn(bool syncsAll)
    {
        var disk = new PowerLossDisk(syncsAll);
        var store = new FolderBlobStore(_folder["store"], null, disk);
        // After how many calls which content of a name was acknowledged, and which contents a name may have at all.
        var acknowledged = new List<(int Calls, string Name, string Content)>();
        var batches = new List<(int Calls, string[] Names, string Content)>();
        var random = new Random(3);
        for (var n = 0; n < 12; n++)
        {
            var (name, content) = ($"state/{n % 3}/{n % 5}.json", $"content {n} of a state that is changed again and again");
            var there = await store.ReadAsync(name);
            var written = there is null ? await store.CreateAsync(name, Bytes(content)) : await store.ReplaceAsync(name, Bytes(content), there.ETag);
            Assert.True(written.Written);
            acknowledged.Add((disk.Count, name, content));

            string[] names = [.. Enumerable.Range(0, 4).Select(i => $"records/day-{n % 4}/{i}.json")];
            await store.WriteBatchAsync([.. names.Select(b => new BlobWrite(b, Bytes($"record of batch {n}")))]);
            batches.Add((disk.Count, names, $"record of batch {n}"));
            // As a manifest names them.
            await store.CreateAsync($"manifests/{n}.json", Bytes($"batch {n}"));
            acknowledged.Add((disk.Count, $"manifests/{n}.json", $"batch {n}"));
        }

        for (var calls = 0; calls <= disk.Count; calls++)
        {
            for (var state = 0; state < States; state++)
                Check(disk.After(calls, random), calls);
        }

        void Check(IReadOnlyDictionary<string, byte[]> files, int calls)
        {
            string? Content(string name) => files.TryGetValue(
                Path.Combine(store.Location, name.Replace('/', Path.DirectorySeparatorChar)), out var bytes) ? Encoding.UTF8.GetString(bytes) : null;

            foreach (var name in acknowledged.Select(a => a.Name).Distinct())
            {
                var before = acknowledged.FindLast(a => a.Name == name && a.Calls <= calls);
                var next = acknowledged.Find(a => a.Name == name && a.Calls > calls);
                Assert.True(
                    Content(name) == before.Content || (next.Name is not null && Content(name) == next.Content),
                    $"after {calls} calls {name} holds \"{Content(name)}\" and not \"{before.Content}\"");
            }

            for (var n = 0; n < batches.Count; n++)
            {
                if (Content($"manifests/{n}.json") is null)
                    continue;
                // A later batch over the same names may be under way.
                foreach (var name in batches[n].Names.Where(b => !batches.Skip(n + 1).Any(l => l.Names.Contains(b) && batches[n].Calls < calls && LaterBegan(l, calls))))
                    Assert.Equal(batches[n].Content, Content(name));
            }
        }

        bool LaterBegan((int Calls, string[] Names, string Content) later, int calls) =>
            calls > (batches.TakeWhile(b => b != later).Select(b => b.Calls).LastOrDefault());
    }

    [Fact]
    public async Task A_store_that_does_not_sync_is_found_out()
    {
        var disk = new PowerLossDisk();
        var lazy = new Forgetful(disk);
        var store = new FolderBlobStore(_folder["store"], null, lazy);
        await store.CreateAsync("state/a.json", Bytes("content"));
        var random = new Random(1);

        var seen = Enumerable.Range(0, 10 * States)
            .Select(_ => disk.After(disk.Count, random).TryGetValue(Path.Combine(store.Location, "state", "a.json"), out var bytes) ? bytes.Length : -1)
            .ToHashSet();

        // Not there, empty, cut, whole: all of it may be.
        Assert.Equal([-1, 0, 3, 7], seen.Order());
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Passes everything on but the syncs.</summary>
    private sealed class Forgetful(PowerLossDisk disk) : FileCalls
    {
        public override void MakeFolder(string path) => disk.MakeFolder(path);

        public override void Write(Microsoft.Win32.SafeHandles.SafeFileHandle file, string path, ReadOnlySpan<byte> content) => disk.Write(file, path, content);

        public override void Flush(Microsoft.Win32.SafeHandles.SafeFileHandle file, string path)
        {
        }

        public override FileSync.Link Link(string file, string name) => disk.Link(file, name);

        public override void Move(string file, string name) => disk.Move(file, name);

        public override void Delete(string path) => disk.Delete(path);

        public override void SyncFolder(string path)
        {
        }
    }
}
