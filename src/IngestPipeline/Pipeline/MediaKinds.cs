namespace IngestPipeline.Pipeline;

/// <summary>Tells pages from other files, by the header where it can be trusted and by content where it cannot.</summary>
internal static class MediaKinds
{
    /// <summary>True for plain text, false for HTML, null for what is no page.</summary>
    public static bool? Of(string? contentType, ReadOnlySpan<byte> body)
    {
        if (BinaryFiles.Is(body, contentType) && !LooksLikeHtml(body))
            return null;
        var media = contentType?.Split(';', 2)[0].Trim().ToLowerInvariant() ?? "";
        return media switch
        {
            "text/html" or "application/xhtml+xml" or "application/vnd.wap.xhtml+xml" => false,
            "text/plain" => !LooksLikeHtml(body),
            "" or "application/octet-stream" or "application/x-unknown-content-type" or "text/xml" or "application/xml" or "unknown/unknown"
                or "application/force-download" =>
                LooksLikeHtml(body) ? false : LooksLikeText(body) && media.Length == 0 ? true : null,
            _ => media.StartsWith("text/", StringComparison.Ordinal) && LooksLikeHtml(body) ? false : null,
        };
    }

    private static bool LooksLikeHtml(ReadOnlySpan<byte> body)
    {
        var head = body[..Math.Min(body.Length, 1024)];
        for (var at = head.IndexOf((byte)'<'); at >= 0 && at < head.Length; at++)
        {
            var next = head[at..];
            if (Starts(next, "<!doctype html"u8)
                || Starts(next, "<html"u8)
                || Starts(next, "<head"u8)
                || Starts(next, "<body"u8)
                || Starts(next, "<meta"u8)
                || Starts(next, "<title"u8))
                return true;
            var skip = next[1..].IndexOf((byte)'<');
            if (skip < 0)
                return false;
            at += skip;
        }

        return false;
    }

    private static bool LooksLikeText(ReadOnlySpan<byte> body) => body[..Math.Min(body.Length, 1024)].IndexOfAnyInRange((byte)0, (byte)8) < 0;

    private static bool Starts(ReadOnlySpan<byte> at, ReadOnlySpan<byte> word)
    {
        if (at.Length < word.Length)
            return false;
        for (var i = 0; i < word.Length; i++)
        {
            if ((at[i] is >= (byte)'A' and <= (byte)'Z' ? at[i] | 0x20 : at[i]) != word[i])
                return false;
        }

        return true;
    }
}
