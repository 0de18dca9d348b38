using System.Buffers.Binary;

namespace IngestPipeline.Deduplication;

/// <summary>Writes the numbers that <see cref="CardReader"/> reads.</summary>
internal static class CardWriter
{
    /// <summary>Writes a varint of seven bits.</summary>
    public static void WriteInt(this MemoryStream bytes, int value)
    {
        var rest = (uint)value;
        for (; rest >= 0x80; rest >>= 7)
            bytes.WriteByte((byte)(rest | 0x80));
        bytes.WriteByte((byte)rest);
    }

    /// <summary>Writes eight bytes, little-endian.</summary>
    public static void WriteLong(this MemoryStream bytes, long value)
    {
        Span<byte> eight = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(eight, value);
        bytes.Write(eight);
    }
}
