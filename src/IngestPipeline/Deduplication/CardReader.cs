using System.Buffers.Binary;
using System.Text;

namespace IngestPipeline.Deduplication;

/// <summary>Reads a card from its start on.</summary>
internal ref struct CardReader(ReadOnlySpan<byte> card)
{
    private ReadOnlySpan<byte> _rest = card;

    /// <summary>The number of bytes that are left.</summary>
    public readonly int Left => _rest.Length;

    /// <summary>The next byte.</summary>
    public byte Byte() => Bytes(1)[0];

    /// <summary>The next bytes.</summary>
    public ReadOnlySpan<byte> Bytes(int count)
    {
        var bytes = _rest[..count];
        _rest = _rest[count..];
        return bytes;
    }

    /// <summary>The next varint.</summary>
    public int Int()
    {
        uint value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = Byte();
            value |= (uint)(next & 0x7F) << shift;
            if (next < 0x80)
                return (int)value;
            if (shift >= 28)
                throw new InvalidDataException("This is no card of an article.");
        }
    }

    /// <summary>The next eight bytes.</summary>
    public long Long() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(sizeof(long)));

    /// <summary>The next text.</summary>
    public string? Text()
    {
        var length = Int();
        return length == 0 ? null : Encoding.UTF8.GetString(Bytes(length - 1));
    }
}
