using System.IO.Compression;
using System.Text;
using IngestPipeline.Storage;

namespace IngestPipeline.Tests.Pipeline;

/// <summary>Looks for words in everything that a store holds, also in what is compressed and in names.</summary>
internal static class StoreWords
{
    /// <summary>The blobs that hold a word, case ignored.</summary>
    public static async Task<List<string>> FindAsync(IBlobStore store, params string[] words)
    {
        var found = new List<string>();
        await foreach (var item in store.ListAsync(""))
        {
            var text = item.Name + "\n" + Text((await store.ReadAsync(item.Name))!.Content.ToArray());
            found.AddRange(words.Where(w => text.Contains(w, StringComparison.OrdinalIgnoreCase)).Select(w => $"{w} in {item.Name}"));
        }

        return found;
    }

    private static string Text(byte[] bytes)
    {
        if (bytes is not [0x1f, 0x8b, ..])
            return Encoding.Latin1.GetString(bytes);
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return Encoding.Latin1.GetString(plain.ToArray());
    }
}
