using IngestPipeline.Archive.Bytes;

namespace IngestPipeline.Archive.Folders;

/// <summary>A feed or page kept as a file, plain or gzip by content.</summary>
internal static class PageFile
{
    /// <summary>Reads a file's content.</summary>
    /// <returns>The bytes, and why they are not all of them; null when they are.</returns>
    public static (ReadOnlyMemory<byte> Bytes, string? Fault) Read(string path, int most)
    {
        if (IsEmpty(path))
            return default;
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var bytes = new byte[(int)Math.Min(stream.Length, most)];
        var body = bytes.AsMemory(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        var cut = stream.Length > most ? $"longer than {most} bytes; the rest is left out" : null;
        if (!body.Span.StartsWith(GzipMember.Magic))
            return (body, cut);

        var decoded = ContentDecoding.Decode(body, "gzip", new(most, MaxRatio: 500));
        return (decoded.Bytes, decoded.Reason ?? cut);
    }

    /// <summary>What the first bytes of a file are; a gzip file is looked into.</summary>
    public static PageFileContent Sniff(string path)
    {
        if (IsEmpty(path))
            return PageFileContent.Other;
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var start = new byte[4096];
        var body = start.AsMemory(0, stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false));
        var prefix = body.Span.StartsWith(GzipMember.Magic) ? ContentDecoding.Decode(body, "gzip", new(4096)).Bytes.Span : body.Span;
        if (prefix.StartsWith("WARC/"u8))
            return PageFileContent.Warc;
        return MediaTypes.LooksLikeHtml(prefix) ? PageFileContent.Html
            : MediaTypes.IsFeed(prefix) ? PageFileContent.Feed
            : PageFileContent.Other;
    }

    /// <summary>Whether there is nothing to read. A pipe and a device are as long as an empty file, and who opens one may wait for ever.</summary>
    public static bool IsEmpty(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is not null)
            file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        // A shell's <(command) is a link to a pipe that has no path.
        return file.Exists ? file.Length == 0 : File.Exists(path);
    }
}

/// <summary>What a file's first bytes look like.</summary>
internal enum PageFileContent
{
    Other,
    Warc,
    Html,
    Feed,
}
