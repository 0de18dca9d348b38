using System.IO.Compression;

namespace IngestPipeline.Fetching;

/// <summary>Undoes a Content-Encoding within bounds: the cap counts decoded bytes, and a bomb is known by its ratio.</summary>
public static class ContentDecoder
{
    /// <summary>The most decoded bytes for one encoded byte, once the decoded size is over a megabyte; text rarely passes 30.</summary>
    private const int MaxRatio = 200;

    /// <summary>Decodes a body.</summary>
    /// <param name="body">The body after transfer decoding.</param>
    /// <param name="encoding">The Content-Encoding header; null or <c>identity</c> leaves the body as it is.</param>
    /// <param name="maxBytes">The cap in decoded bytes.</param>
    public static DecodedBody Decode(ReadOnlyMemory<byte> body, string? encoding, int maxBytes)
    {
        var name = encoding?.Trim().ToLowerInvariant();
        if (name is null or "" or "identity" or "none")
            return body.Length > maxBytes ? new(body[..maxBytes], TooLarge: true) : new(body);
        // Some servers name an encoding and send plain bytes: gzip is known by its magic.
        if (name is "gzip" or "x-gzip" && !(body.Length > 1 && body.Span[0] == 0x1F && body.Span[1] == 0x8B))
            return body.Length > maxBytes ? new(body[..maxBytes], TooLarge: true) : new(body);

        using var source = new MemoryStream(body.ToArray(), writable: false);
        using Stream? decoder = name switch
        {
            "gzip" or "x-gzip" => new GZipStream(source, CompressionMode.Decompress),
            "deflate" => IsZlib(body.Span) ? new ZLibStream(source, CompressionMode.Decompress) : new DeflateStream(source, CompressionMode.Decompress),
            "br" => new BrotliStream(source, CompressionMode.Decompress),
            _ => null,
        };
        return decoder is null ? new(default, Problem: $"the Content-Encoding is not gzip, deflate or br") : Read(decoder, body.Length, maxBytes);
    }

    private static DecodedBody Read(Stream decoder, int encodedLength, int maxBytes)
    {
        var decoded = new MemoryStream();
        var buffer = new byte[1 << 15];
        try
        {
            for (int n; (n = decoder.Read(buffer)) > 0;)
            {
                if (decoded.Length + n > maxBytes)
                {
                    decoded.Write(buffer, 0, (int)(maxBytes - decoded.Length));
                    return decoded.Length / Math.Max(encodedLength, 1) > MaxRatio
                        ? new(default, Problem: "the body expands like a decompression bomb")
                        : new(decoded.GetBuffer().AsMemory(0, (int)decoded.Length), TooLarge: true);
                }

                decoded.Write(buffer, 0, n);
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException or InvalidOperationException)
        {
            // What came before the damage is kept: a truncated page is still a page.
            if (decoded.Length == 0)
                return new(default, Problem: "the compressed body is damaged");
            return new(decoded.GetBuffer().AsMemory(0, (int)decoded.Length), Truncated: true);
        }

        return decoded.Length > 1 << 20 && decoded.Length / Math.Max(encodedLength, 1) > MaxRatio
            ? new(default, Problem: "the body expands like a decompression bomb")
            : new(decoded.GetBuffer().AsMemory(0, (int)decoded.Length));
    }

    // RFC 9110 means zlib by "deflate"; many servers send raw deflate.
    private static bool IsZlib(ReadOnlySpan<byte> body) => body.Length > 1 && (body[0] & 0x0F) == 8 && ((body[0] << 8) | body[1]) % 31 == 0;
}
