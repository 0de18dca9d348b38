using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IngestPipeline.Archive;
using IngestPipeline.Pipeline;
using IngestPipeline.Storage;

namespace IngestPipeline.Tests.Pipeline;

/// <summary>Replays an archive in a test and looks at what is in the store.</summary>
internal static class ReplayRun
{
    public static Task<ReplayResult> RunAsync(string archive, string store, ReplayOptions? options = null) =>
        RunAsync([archive], new FolderBlobStore(store), options);

    public static async Task<ReplayResult> RunAsync(string[] archives, IBlobStore store, ReplayOptions? options = null)
    {
        await using var archive = await WebArchive.OpenAsync(archives, new(), CancellationToken.None);
        return await Replay.RunAsync(archive, store, options ?? new(), null, CancellationToken.None);
    }

    public static async Task<ReplaySummary> SummaryAsync(string archive, string store, ReplayOptions? options = null) =>
        (await RunAsync(archive, store, options)).Summary!;

    /// <summary>One hash over the names and bytes of everything in a store.</summary>
    public static async Task<string> TreeHashAsync(IBlobStore store)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await foreach (var item in store.ListAsync(""))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(item.Name + "\n"));
            hash.AppendData(SHA256.HashData((await store.ReadAsync(item.Name))!.Content.Span));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static Task<string> TreeHashAsync(string store) => TreeHashAsync(new FolderBlobStore(store));

    public static IReadOnlyList<JsonElement> Records(string store) =>
        [.. Directory.EnumerateFiles(Path.Combine(store, "records"), "*.json", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(f => JsonElement.Parse(File.ReadAllBytes(f)))];

    /// <summary>How many records there are; none when nothing was written yet.</summary>
    public static int RecordCount(string store) => Directory.Exists(Path.Combine(store, "records")) ? Records(store).Count : 0;

    public static JsonElement Record(string store, string title) =>
        Records(store).Single(r => r.GetProperty("title").GetProperty("value").GetString() == title);
}
