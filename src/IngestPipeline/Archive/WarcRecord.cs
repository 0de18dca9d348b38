using IngestPipeline.Archive.Bytes;

namespace IngestPipeline.Archive;

/// <summary>
/// One record of a WARC file (ISO 28500). Its block is read from the file on demand, so it must be read before the reader moves on.
/// </summary>
public sealed class WarcRecord
{
    private const int Modest = 1 << 20;
    private const int Start = 16 * 1024;

    private readonly WarcFields _fields;

    internal WarcRecord(string version, WarcFields fields, long contentLength, long offset, long innerOffset, long position, WarcBlock block)
    {
        Version = version;
        _fields = fields;
        ContentLength = contentLength;
        Offset = offset;
        InnerOffset = innerOffset;
        Position = position;
        Block = block;
        Type = (fields.First("WARC-Type") ?? "").ToLowerInvariant();
        TargetUri = WarcFields.WithoutBrackets(fields.First("WARC-Target-URI"));
        Date = WarcDate.Parse(fields.First("WARC-Date"));
        RecordId = fields.First("WARC-Record-ID");
    }

    /// <summary>The version line's number, such as <c>1.1</c>.</summary>
    public string Version { get; }

    /// <summary>WARC-Type in lower case, such as <c>response</c>; empty where missing.</summary>
    public string Type { get; }

    /// <summary>WARC-Target-URI without the angle brackets that some wget versions put around it; null where missing.</summary>
    public string? TargetUri { get; }

    /// <summary>WARC-Date in UTC; null where missing or not a date.</summary>
    public DateTimeOffset? Date { get; }

    /// <summary>WARC-Record-ID as written; null where missing.</summary>
    public string? RecordId { get; }

    /// <summary>The record's Content-Type, which for a captured message is <c>application/http</c>; null where missing.</summary>
    public string? ContentType => Field("Content-Type");

    /// <summary>The declared length of the block in bytes.</summary>
    public long ContentLength { get; }

    /// <summary>Bytes from the start of the file to the record (plain file) or to the gzip member that holds its first byte.</summary>
    public long Offset { get; }

    /// <summary>Decompressed bytes from the member's start to the record; 0 for a plain file and wherever each record has its own member.</summary>
    public long InnerOffset { get; }

    /// <summary>Decompressed bytes from where reading began to the record.</summary>
    public long Position { get; }

    /// <summary>
    /// Bytes of the file from <see cref="Offset"/> to where the next record, or its member, begins; null until the reader has moved on, and
    /// where the next record shares the member.
    /// </summary>
    public long? Length { get; internal set; }

    /// <summary>All header fields in file order, duplicates kept.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields => _fields.All;

    /// <summary>The block; it ends early where the file does, see <see cref="IsCutShort"/>.</summary>
    public Stream Block { get; }

    /// <summary>True once reading the block has met its end before <see cref="ContentLength"/>.</summary>
    public bool IsCutShort => ((WarcBlock)Block).IsCutShort;

    /// <summary>The first field of a name (case ignored), or null.</summary>
    public string? Field(string name) => _fields.First(name);

    /// <summary>True when the block, left unread, is passed over and not read.</summary>
    internal bool MayBePassed { get; set; }

    /// <summary>Reads the rest of the block, at most <paramref name="most"/> bytes of it.</summary>
    public byte[] ReadBlock(int most)
    {
        using var bodies = new RentedBodies();
        return ReadBlock(most, bodies).ToArray();
    }

    /// <summary>Reads the block's beginning: what is at hand of it.</summary>
    internal ReadOnlyMemory<byte> ReadStart(RentedBodies bodies)
    {
        var bytes = bodies.Rent(Start);
        return bytes.AsMemory(0, Block.Read(bytes.AsSpan(0, Start)));
    }

    /// <summary>The same into memory that is given back, behind what was read of it already.</summary>
    internal ReadOnlyMemory<byte> ReadBlock(int most, RentedBodies bodies, ReadOnlyMemory<byte> start = default)
    {
        var length = (int)Math.Min(ContentLength, most);
        if (start.Length >= length)
            return start[..length];

        // A hostile length is not allocated before its bytes are seen.
        var bytes = bodies.Rent(Math.Min(length, Modest));
        start.CopyTo(bytes);
        for (var count = start.Length; ; bytes = bodies.Lengthen(bytes, (int)Math.Min(length, bytes.Length * 2L)))
        {
            var room = Math.Min(bytes.Length, length);
            count += Block.ReadAtLeast(bytes.AsSpan(count, room - count), room - count, throwOnEndOfStream: false);
            if (count < room || count == length)
                return bytes.AsMemory(0, count);
        }
    }
}
