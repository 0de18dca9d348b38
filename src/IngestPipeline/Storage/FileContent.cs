namespace IngestPipeline.Storage;

/// <summary>Reads and compares files that are blobs.</summary>
internal static class FileContent
{
    /// <summary>Makes the content of a file that someone wrote durable.</summary>
    public static void Flush(string path)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>The content of a file; null when there is none.</summary>
    public static byte[]? TryRead(string path) => TryRead(path, 0, Array.MaxLength);

    /// <summary>A part of a file, shorter where it ends; null when there is no file.</summary>
    public static byte[]? TryRead(string path, long offset, int length)
    {
        try
        {
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
            var left = Math.Max(0, RandomAccess.GetLength(handle) - offset);
            var content = GC.AllocateUninitializedArray<byte>(left <= length ? (int)left : length);
            for (var at = 0; at < content.Length;)
            {
                var read = RandomAccess.Read(handle, content.AsSpan(at), offset + at);
                if (read == 0)
                    return content[..at];
                at += read;
            }
            return content;
        }
        catch (Exception e) when (IsMissing(e, path))
        {
            return null;
        }
    }

    /// <summary>The <see cref="ContentTag"/> of a file, which is never in memory as a whole; null when there is none.</summary>
    public static string? TryTag(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return ContentTag.Of(file);
        }
        catch (Exception e) when (IsMissing(e, path))
        {
            return null;
        }
    }

    /// <summary>Whether an exception says that there is no such file; a folder of that name is no blob either.</summary>
    public static bool IsMissing(Exception e, string path) =>
        e is FileNotFoundException or DirectoryNotFoundException || (e is UnauthorizedAccessException && Directory.Exists(path));

    /// <summary>Whether a file already has exactly these bytes.</summary>
    public static bool HasContent(string path, ReadOnlySpan<byte> content)
    {
        var info = new FileInfo(path);
        return info.Exists && info.Length == content.Length && TryRead(path) is { } there && content.SequenceEqual(there);
    }
}
