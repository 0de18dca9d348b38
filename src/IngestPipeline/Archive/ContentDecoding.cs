using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using IngestPipeline.Archive.Bytes;

namespace IngestPipeline.Archive;

/// <summary>Content-Encoding (RFC 9110 section 8.4) with bounds: gzip, deflate (with and without the zlib header) and br.</summary>
internal static class ContentDecoding
{
    private const int FreeBytes = 1 << 20;
    private const int Piece = 16 * 1024;
    private static readonly string[] CharsetStarts = ["utf-8", "utf8", "iso-8859-", "windows-12"];

    /// <summary>Decodes a whole body. Never throws for bad input.</summary>
    /// <param name="body">The encoded body.</param>
    /// <param name="encoding">The Content-Encoding field; null, empty and <c>identity</c> mean none.</param>
    /// <param name="limits">Bounds on what comes out.</param>
    public static DecodedBody Decode(ReadOnlyMemory<byte> body, string? encoding, DecodingLimits limits) => DecodeInto(new(), body, encoding, limits);

    /// <summary>The same into memory that is given back.</summary>
    internal static DecodedBody DecodeInto(RentedBodies bodies, ReadOnlyMemory<byte> body, string? encoding, DecodingLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var name = Name(encoding);
        if (name.Length == 0 || body.IsEmpty)
        {
            return body.Length <= limits.MaxBytes
                ? new(DecodingOutcome.Complete, body, null)
                : TooLarge(body[..limits.MaxBytes], $"over {limits.MaxBytes} bytes");
        }

        if (Open(body, name) is not { } stream)
            return new(DecodingOutcome.Refused, default, $"content encoding '{Shown(name)}' is not read");

        var most = (int)Math.Min(limits.MaxBytes, Math.Max(FreeBytes, (long)body.Length * limits.MaxRatio));
        var decoded = bodies.Rent((int)Math.Min(most, body.Length * 4L));
        var length = 0;
        using (stream)
        {
            try
            {
                // What a failing call decoded is lost, so each is for little.
                while (length < most && stream.Read(decoded, length, Math.Min(Piece, Math.Min(decoded.Length, most) - length)) is > 0 and var read)
                {
                    length += read;
                    if (length == decoded.Length && length < most)
                        decoded = bodies.Lengthen(decoded, (int)Math.Min(most, length * 2L));
                }

                if (length == most && stream.ReadByte() >= 0)
                    return TooLarge(
                        decoded.AsMemory(0, length),
                        most == limits.MaxBytes ? $"decodes to over {most} bytes" : $"decodes to over {limits.MaxRatio} times its size");
            }
            catch (Exception e) when (e is InvalidDataException or InvalidOperationException or IOException)
            {
                return new(DecodingOutcome.Damaged, decoded.AsMemory(0, length), $"damaged {name} content after {length} decoded bytes");
            }
        }

        return name == "gzip" && !EndsWithLength(body.Span, length)
            ? new(DecodingOutcome.Damaged, decoded.AsMemory(0, length), "gzip content that is cut short, or followed by other bytes")
            : new(DecodingOutcome.Complete, decoded.AsMemory(0, length), null);
    }

    /// <summary>The first decoded bytes, as far as they can be decoded; empty when the encoding is unknown.</summary>
    internal static ReadOnlySpan<byte> Prefix(ReadOnlyMemory<byte> body, string? encoding, int length)
    {
        var name = Name(encoding);
        if (name.Length == 0)
            return body.Span[..Math.Min(body.Length, length)];
        if (Open(body, name) is not { } stream)
            return default;

        var prefix = new byte[length];
        var count = 0;
        using (stream)
        {
            try
            {
                count = stream.ReadAtLeast(prefix, length, throwOnEndOfStream: false);
            }
            catch (Exception e) when (e is InvalidDataException or InvalidOperationException or IOException)
            {
                return default;
            }
        }

        return prefix.AsSpan(0, count);
    }

    /// <summary>
    /// The encoding that a body plainly has where its header claims one; null = none. Some archives keep the header of a body that they decoded, and some
    /// servers name one encoding and send another or none, or name a charset.
    /// </summary>
    internal static string? Actual(ReadOnlyMemory<byte> body, string? claimed)
    {
        var name = Name(claimed);
        var text = body.Span.TrimStart(" \t\r\n\uFEFF"u8);
        return name switch
        {
            _ when body.IsEmpty => claimed,
            // No deflate stream starts like a gzip member: its first block would be of the kind that is reserved.
            "deflate" or "gzip" when IsGzip(body) => "gzip",
            "gzip" => IsZlib(body.Span) && !Prefix(body, "deflate", 16).IsEmpty ? "deflate" : null,
            // An encoding that is not read begins with no tag and no brace: zstd has a mark of its own.
            not ("" or "gzip") when text.Length > 0
                && text[0] is (byte)'<' or (byte)'{'
                && (name is not ("deflate" or "br") || Prefix(body, name, 16).IsEmpty) =>
                null,
            _ => IsCharset(name) ? null : claimed,
        };
    }

    /// <summary>True for what starts like a gzip file, which no text does.</summary>
    internal static bool IsGzip(ReadOnlyMemory<byte> body) => body.Span.StartsWith(GzipMember.Magic);

    private static bool IsCharset(string name) => Array.Exists(CharsetStarts, s => name.StartsWith(s, StringComparison.Ordinal));

    private static string Name(string? encoding)
    {
        var name = (encoding ?? "").Trim().ToLowerInvariant();
        return name is "identity" or "none" ? "" : name == "x-gzip" ? "gzip" : name;
    }

    private static Stream? Open(ReadOnlyMemory<byte> body, string name)
    {
        Stream Source() => MemoryMarshal.TryGetArray(body, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(body.ToArray(), writable: false);
        return name switch
        {
            "gzip" => new GZipStream(Source(), CompressionMode.Decompress),
            "deflate" when IsZlib(body.Span) => new ZLibStream(Source(), CompressionMode.Decompress),
            "deflate" => new DeflateStream(Source(), CompressionMode.Decompress),
            "br" => new BrotliStream(Source(), CompressionMode.Decompress),
            _ => null,
        };
    }

    // RFC 1950 section 2.2: method 8, and the two bytes a multiple of 31.
    private static bool IsZlib(ReadOnlySpan<byte> body) => body.Length >= 2 && (body[0] & 15) == 8 && ((body[0] << 8) + body[1]) % 31 == 0;

    // The framework takes a cut stream as a whole one; the last member's trailer (RFC 1952) tells.
    private static bool EndsWithLength(ReadOnlySpan<byte> body, long length) =>
        body.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(body[^4..]) == (uint)length;

    private static DecodedBody TooLarge(ReadOnlyMemory<byte> bytes, string reason) => new(DecodingOutcome.TooLarge, bytes, reason);

    private static string Shown(string name) => name.Length <= 40 ? name : name[..40];
}
