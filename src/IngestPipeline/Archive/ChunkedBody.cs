using System.Buffers.Text;

namespace IngestPipeline.Archive;

/// <summary>The chunked transfer coding (RFC 9112 section 7.1), as archives hold it: often already removed, sometimes wrong.</summary>
internal static class ChunkedBody
{
    /// <summary>
    /// Joins the chunks. A body that does not start with a chunk size is taken as already joined (many crawlers keep the header field but
    /// not the coding); after a fault within, what was joined before it is kept.
    /// </summary>
    public static ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> body, out string? fault)
    {
        fault = null;
        var bytes = body.Span;
        var joined = new byte[bytes.Length];
        var length = 0;
        for (var at = 0; ;)
        {
            if (!TrySize(bytes[at..], out var size, out var line))
            {
                if (at == 0)
                    return body;
                fault = at >= bytes.Length ? "the chunked body ends without its last chunk" : "a wrong chunk size; what precedes it is kept";
                break;
            }

            at += line;
            if (size == 0)
                break;

            var count = (int)Math.Min(size, bytes.Length - at);
            bytes.Slice(at, count).CopyTo(joined.AsSpan(length));
            length += count;
            at += count;
            if (count < size)
            {
                fault = "the chunked body ends within a chunk";
                break;
            }

            // The line end behind a chunk; its absence shows in the next size.
            if (at < bytes.Length && bytes[at] == '\r')
                at++;
            if (at < bytes.Length && bytes[at] == '\n')
                at++;
        }

        return joined.AsMemory(0, length);
    }

    private static bool TrySize(ReadOnlySpan<byte> bytes, out long size, out int line)
    {
        size = 0;
        line = bytes.IndexOf((byte)'\n') + 1;
        if (line == 0)
            return false;

        var text = bytes[..(line - 1)].Trim(" \t\r"u8);
        return Utf8Parser.TryParse(text, out size, out var used, 'x') && size >= 0 && used <= 15
            && (used == text.Length || text[used] is (byte)';' or (byte)' ' or (byte)'\t');
    }
}
