using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using IngestPipeline.Archive.Bytes;

namespace IngestPipeline.Archive;

/// <summary>
/// Writes WARC/1.1 records (ISO 28500:2017). The bytes are a function of what is given: record ids are hashed from type, URI, date and block,
/// and nothing reads a clock. Digests are <c>sha256:</c> in lower-case hexadecimal: that of the block, and that of the payload, which is the body
/// after transfer decoding. Not safe for concurrent use.
/// </summary>
/// <param name="output">Where to write; left open.</param>
/// <param name="options">How to write.</param>
public sealed class WarcWriter(Stream output, WarcWriterOptions options)
{
    private long _offset = output.CanSeek ? output.Position : 0;

    /// <summary>Writes one record.</summary>
    /// <exception cref="IOException">The output failed.</exception>
    public WarcPlace Write(WarcEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var id = RecordId(entry);
        var payloadDigest = entry.Payload is { } payload ? Digest(payload.Span) : entry.PayloadDigest;
        using var record = new MemoryStream();
        if (options.Compress)
        {
            using var gzip = new GZipStream(record, options.Level, leaveOpen: true);
            WriteTo(gzip, entry, id, payloadDigest);
        }
        else
        {
            WriteTo(record, entry, id, payloadDigest);
        }

        output.Write(record.GetBuffer(), 0, (int)record.Length);
        var place = new WarcPlace(id, _offset, record.Length, payloadDigest);
        _offset += record.Length;
        return place;
    }

    /// <summary>SHA-256 of bytes in the form of a WARC digest field.</summary>
    public static string Digest(ReadOnlySpan<byte> bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));

    internal static byte[] FieldBlock(ReadOnlySpan<KeyValuePair<string, string>> fields)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in fields)
            text.Append(name).Append(": ").Append(OneLine(value)).Append("\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void WriteTo(Stream stream, WarcEntry entry, string id, string? payloadDigest)
    {
        var head = new StringBuilder("WARC/1.1\r\n");
        void Field(string name, string? value)
        {
            if (value is not null)
                head.Append(name).Append(": ").Append(OneLine(value)).Append("\r\n");
        }

        Field("WARC-Type", entry.Type);
        Field("WARC-Record-ID", id);
        Field("WARC-Date", WarcDate.Format(entry.Date));
        Field("WARC-Target-URI", entry.TargetUri);
        foreach (var (name, value) in entry.Fields)
            Field(name, value);
        Field("WARC-Payload-Digest", payloadDigest);
        Field("WARC-Block-Digest", Digest(entry.Block.Span));
        Field("Content-Type", entry.ContentType);
        Field("Content-Length", entry.Block.Length.ToString(CultureInfo.InvariantCulture));
        head.Append("\r\n");

        stream.Write(Encoding.UTF8.GetBytes(head.ToString()));
        stream.Write(entry.Block.Span);
        stream.Write("\r\n\r\n"u8);
    }

    /// <summary>A version 8 UUID (RFC 9562 section 5.8): made from a hash, so that the same record always has the same id.</summary>
    private static string RecordId(WarcEntry entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{entry.Type}\n{entry.TargetUri}\n{WarcDate.Format(entry.Date)}\n"));
        hash.AppendData(entry.Block.Span);
        Span<byte> id = stackalloc byte[32];
        hash.GetHashAndReset(id);
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return $"<urn:uuid:{new Guid(id[..16], bigEndian: true):D}>";
    }

    // A line end in a value would start a field, or a record, of the sender's making.
    private static string OneLine(string value) =>
        value.AsSpan().IndexOfAny('\r', '\n') < 0 ? value : value.Replace('\r', ' ').Replace('\n', ' ');
}
