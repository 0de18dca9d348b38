using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Backfill;

/// <summary>
/// What a back-fill keeps until it is done. Every file has one name for one part of the work and is made once: a part that was done twice leaves the first.
/// How far a step has come is how many of its files there are; nothing else counts it.
/// </summary>
internal sealed class Staging(IBlobStore root, string run, string id)
{
    public const string Plan = "plan.json";
    public const string Feeds = "feeds.json";

    /// <summary>With the number of the tables' form: an index of another release is not read, but made anew.</summary>
    public const string Index = "index.2.db.gz";

    public const string Polls = "polls.json";
    public const string Learned = "learned.ndjson.gz";
    public const string Forgotten = "forgotten.txt.gz";
    public const string Scanned = "scanned.2/";
    public const string Results = "results/";

    private const string Requests = "requests/";
    private const string Files = "files/";

    private readonly PrefixedBlobStore _store = new(root, StoreNames.Staging(run, id));

    public static string FilesOf(int segment) => Numbered(Files, segment, ".txt.gz");

    public static string ScannedOf(int segment) => Numbered(Scanned, segment, ".db.gz");

    public static string RequestsOf(int part) => Numbered(Requests, part, ".ndjson.gz");

    public static string ResultsOf(int part) => Numbered(Results, part, ".ndjson.gz");

    /// <summary>Reads the JSON of what a back-fill keeps.</summary>
    /// <exception cref="StorageException">It is damaged.</exception>
    public static T Read<T>(string name, ReadOnlySpan<byte> bytes, Func<JsonElement, T> read) =>
        StoreDamage.Read(name, bytes, read, "Delete it, then start the back-fill again.");

    /// <summary>A file's name in the store.</summary>
    public string NameOf(string name) => StoreNames.Staging(run, id) + name;

    public async Task<bool> HasAsync(string name, CancellationToken cancellation)
    {
        await foreach (var item in _store.ListAsync(name, cancellation).ConfigureAwait(false))
            return item.Name == name;
        return false;
    }

    public async Task<int> CountAsync(string prefix, CancellationToken cancellation)
    {
        var count = 0;
        await foreach (var _ in _store.ListAsync(prefix, cancellation).ConfigureAwait(false))
            count++;
        return count;
    }

    /// <summary>The numbers of a step's parts that are done.</summary>
    public async Task<IReadOnlySet<int>> DoneAsync(string prefix, CancellationToken cancellation)
    {
        var done = new HashSet<int>();
        await foreach (var item in _store.ListAsync(prefix, cancellation).ConfigureAwait(false))
            done.Add(int.Parse(item.Name.AsSpan(prefix.Length, 6), NumberStyles.None, CultureInfo.InvariantCulture));
        return done;
    }

    public async Task<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancellation) =>
        (await _store.ReadAsync(name, cancellation).ConfigureAwait(false))?.Content;

    public Task CreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation) => _store.CreateAsync(name, content, cancellation);

    public async Task CreateFromFileAsync(string name, string path, CancellationToken cancellation)
    {
        using var packed = new MemoryStream();
        var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true);
        await using (gzip.ConfigureAwait(false))
        {
            var file = File.OpenRead(path);
            await using (file.ConfigureAwait(false))
                await file.CopyToAsync(gzip, cancellation).ConfigureAwait(false);
        }

        await CreateAsync(name, Packed(packed), cancellation).ConfigureAwait(false);
    }

    public async Task CopyToFileAsync(string name, string path, CancellationToken cancellation)
    {
        var blob = await OpenAsync(name, cancellation).ConfigureAwait(false);
        await using (blob.ConfigureAwait(false))
        {
            var file = File.Create(path);
            await using (file.ConfigureAwait(false))
                await blob.CopyToAsync(file, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Makes a file of lines.</summary>
    public async Task CreateLinesAsync(string name, IEnumerable<ReadOnlyMemory<byte>> lines, CancellationToken cancellation)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var line in lines)
            {
                gzip.Write(line.Span);
                gzip.WriteByte((byte)'\n');
            }
        }

        await CreateAsync(name, Packed(packed), cancellation).ConfigureAwait(false);
    }

    /// <summary>The lines of a file.</summary>
    public async Task<IReadOnlyList<string>> LinesAsync(string name, CancellationToken cancellation)
    {
        using var reader = new StreamReader(await OpenAsync(name, cancellation).ConfigureAwait(false));
        var lines = new List<string>();
        while (await reader.ReadLineAsync(cancellation).ConfigureAwait(false) is { } line)
            lines.Add(line);
        return lines;
    }

    /// <summary>Deletes everything, the plan first: without it, a message that comes late has nothing to do.</summary>
    public async Task DeleteAsync(CancellationToken cancellation)
    {
        await _store.DeleteAsync(Plan, null, cancellation).ConfigureAwait(false);
        var names = new List<string>();
        await foreach (var item in _store.ListAsync("", cancellation).ConfigureAwait(false))
            names.Add(item.Name);
        foreach (var name in names)
            await _store.DeleteAsync(name, null, cancellation).ConfigureAwait(false);
    }

    private async Task<Stream> OpenAsync(string name, CancellationToken cancellation) =>
        await _store.OpenReadAsync(name, 0, cancellation).ConfigureAwait(false) is { } blob
            ? new GZipStream(blob, CompressionMode.Decompress)
            : throw new StorageException($"{root.Location}: {NameOf(name)} is missing though it was written; start the back-fill again.");

    private static ReadOnlyMemory<byte> Packed(MemoryStream packed) => packed.GetBuffer().AsMemory(0, (int)packed.Length);

    private static string Numbered(string folder, int number, string end) => string.Create(CultureInfo.InvariantCulture, $"{folder}{number:D6}{end}");
}
