using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace IngestPipeline.Deduplication;

/// <summary>
/// The bytes of an index segment: little-endian, arrays of hashes as they lie in memory, so that reading is hardly more than copying. Counts are varints of
/// seven bits.
/// </summary>
internal static class IndexFormat
{
    /// <summary>
    /// Names the format and what its figures mean. A change of the format, of words, shingles, anchors, telling words, keys or cards needs another one:
    /// then an index that was written before is not read but made anew. A test pins the bytes of a segment to it.
    /// </summary>
    public const string Version = "copy-index/3";

    /// <summary>Writes a segment.</summary>
    public static byte[] Write(IndexContent content)
    {
        using var bytes = new MemoryStream(1024 + (content.Records.Count * 400));
        bytes.WriteLong(content.Cover.From);
        bytes.WriteLong(content.Cover.To);
        bytes.WriteByte(content.Cover.Undated ? (byte)1 : (byte)0);
        Put(bytes, [.. content.Stale]);
        Put(bytes, [.. content.Affected]);
        bytes.WriteInt(content.Marks.Count);
        foreach (var (key, marks) in content.Marks)
        {
            bytes.WriteLong((long)key);
            Put(bytes, (ushort)marks);
        }

        bytes.WriteInt(content.Records.Count);
        foreach (var record in content.Records)
            Put(bytes, record);
        return bytes.ToArray();
    }

    /// <summary>Reads a segment.</summary>
    public static IndexContent Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new CardReader(bytes);
        var cover = new IndexCover(reader.Long(), reader.Long(), reader.Byte() != 0);
        var (stale, affected) = (Array<ulong>(ref reader), Array<ulong>(ref reader));
        var marks = new (ulong, ArticleMarks)[reader.Int()];
        for (var i = 0; i < marks.Length; i++)
            marks[i] = ((ulong)reader.Long(), (ArticleMarks)Short(ref reader));
        var records = new IndexRecord[reader.Int()];
        for (var i = 0; i < records.Length; i++)
            records[i] = Record(ref reader);
        return new(cover, stale, affected, marks, records);
    }

    private static void Put(MemoryStream bytes, IndexRecord record)
    {
        var head = record.Head;
        var id = Encoding.UTF8.GetBytes(record.Id);
        bytes.WriteInt(id.Length);
        bytes.Write(id);
        bytes.WriteLong(head.Seen);
        bytes.WriteLong((long)head.IdKey);
        bytes.WriteLong((long)head.FamilyKey);
        bytes.WriteLong(head.Source | ((long)head.Headline << 32));
        bytes.WriteLong(head.Card.Offset | ((long)head.Card.Segment << 32) | ((long)head.Card.Blocks << 48));
        Put(bytes, head.Anchors);
        Put(bytes, (ushort)head.Marks);
        if (head.Has(ArticleMarks.Leading))
        {
            bytes.WriteLong((long)record.Title);
            bytes.WriteLong((long)record.Address);
            Put(bytes, record.Anchors);
            Put(bytes, record.Repeated);
        }

        if (head.Has(ArticleMarks.Telling))
            Put(bytes, record.Terms);
    }

    private static IndexRecord Record(ref CardReader reader)
    {
        var id = Encoding.UTF8.GetString(reader.Bytes(reader.Int()));
        var head = new ArticleHead { Seen = reader.Long(), IdKey = (ulong)reader.Long(), FamilyKey = (ulong)reader.Long() };
        var names = (ulong)reader.Long();
        var card = (ulong)reader.Long();
        (head.Source, head.Headline) = ((uint)names, (uint)(names >> 32));
        head.Card = new((uint)card, (ushort)(card >> 32), (ushort)(card >> 48));
        head.Anchors = Short(ref reader);
        head.Marks = (ArticleMarks)Short(ref reader);
        var leads = head.Has(ArticleMarks.Leading);
        return new()
        {
            Id = id,
            Head = head,
            Title = leads ? (ulong)reader.Long() : 0,
            Address = leads ? (ulong)reader.Long() : 0,
            Anchors = leads ? Array<uint>(ref reader) : [],
            Repeated = leads ? Array<uint>(ref reader) : [],
            Terms = head.Has(ArticleMarks.Telling) ? Array<uint>(ref reader) : [],
        };
    }

    private static T[] Array<T>(ref CardReader reader)
        where T : unmanaged
    {
        var count = reader.Int();
        return count == 0 ? [] : MemoryMarshal.Cast<byte, T>(reader.Bytes(count * Marshal.SizeOf<T>())).ToArray();
    }

    private static ushort Short(ref CardReader reader) => BinaryPrimitives.ReadUInt16LittleEndian(reader.Bytes(sizeof(ushort)));

    private static void Put<T>(MemoryStream bytes, T[] values)
        where T : unmanaged
    {
        bytes.WriteInt(values.Length);
        bytes.Write(MemoryMarshal.AsBytes(values.AsSpan()));
    }

    private static void Put(MemoryStream bytes, ushort value)
    {
        bytes.WriteByte((byte)value);
        bytes.WriteByte((byte)(value >> 8));
    }
}
