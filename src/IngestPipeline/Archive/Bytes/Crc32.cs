using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace IngestPipeline.Archive.Bytes;

/// <summary>
/// The checksum of gzip members (RFC 1952 section 8). Long runs are folded 64 bytes at a step where the processor can (V. Gopal et al., "Fast CRC
/// Computation for Generic Polynomials Using PCLMULQDQ Instruction", Intel 2009: constants from there), others eight bytes at a step.
/// </summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private static readonly uint[] Tables = BuildTables();

    /// <summary>Continues a checksum over more bytes; start with 0.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        crc = ~crc;
        if (Pclmulqdq.IsSupported && bytes.Length >= 64)
        {
            var folded = bytes.Length & ~15;
            crc = Fold(crc, bytes[..folded]);
            bytes = bytes[folded..];
        }

        return ~ByTable(crc, bytes);
    }

    /// <summary>The form without special instructions, on the inverted checksum.</summary>
    internal static uint ByTable(uint crc, ReadOnlySpan<byte> bytes)
    {
        var t = Tables.AsSpan();
        while (bytes.Length >= 8)
        {
            var a = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            var b = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = t[1792 + (int)(a & 255)] ^ t[1536 + (int)((a >> 8) & 255)] ^ t[1280 + (int)((a >> 16) & 255)] ^ t[1024 + (int)(a >> 24)]
                ^ t[768 + (int)(b & 255)] ^ t[512 + (int)((b >> 8) & 255)] ^ t[256 + (int)((b >> 16) & 255)] ^ t[(int)(b >> 24)];
            bytes = bytes[8..];
        }

        foreach (var b in bytes)
            crc = (crc >> 8) ^ t[(int)((crc ^ b) & 255)];
        return crc;
    }

    private static uint Fold(uint crc, ReadOnlySpan<byte> bytes)
    {
        var blocks = MemoryMarshal.Cast<byte, Vector128<ulong>>(bytes);
        var by512 = Vector128.Create(0x154442bd4UL, 0x1c6e41596UL);
        var by128 = Vector128.Create(0x1751997d0UL, 0x0ccaa009eUL);
        var a = blocks[0] ^ Vector128.CreateScalar((ulong)crc);
        var (b, c, d) = (blocks[1], blocks[2], blocks[3]);
        blocks = blocks[4..];
        for (; blocks.Length >= 4; blocks = blocks[4..])
        {
            a = Step(a, by512) ^ blocks[0];
            b = Step(b, by512) ^ blocks[1];
            c = Step(c, by512) ^ blocks[2];
            d = Step(d, by512) ^ blocks[3];
        }

        a = Step(a, by128) ^ b;
        a = Step(a, by128) ^ c;
        a = Step(a, by128) ^ d;
        foreach (var block in blocks)
            a = Step(a, by128) ^ block;
        return Reduce(a, by128);
    }

    private static Vector128<ulong> Step(Vector128<ulong> value, Vector128<ulong> by) =>
        Pclmulqdq.CarrylessMultiply(value, by, 0x00) ^ Pclmulqdq.CarrylessMultiply(value, by, 0x11);

    /// <summary>From 128 bits to 64, then to 32 by Barrett's reduction.</summary>
    private static uint Reduce(Vector128<ulong> value, Vector128<ulong> by128)
    {
        var low = Vector128.Create(0xFFFFFFFFUL, 0xFFFFFFFFUL);
        var by64 = Vector128.CreateScalar(0x163cd6124UL);
        var barrett = Vector128.Create(0x1db710641UL, 0x1f7011641UL);
        value = Sse2.ShiftRightLogical128BitLane(value, 8) ^ Pclmulqdq.CarrylessMultiply(value, by128, 0x10);
        value = Sse2.ShiftRightLogical128BitLane(value, 4) ^ Pclmulqdq.CarrylessMultiply(value & low, by64, 0x00);
        var quotient = Pclmulqdq.CarrylessMultiply(value & low, barrett, 0x10) & low;
        return (value ^ Pclmulqdq.CarrylessMultiply(quotient, barrett, 0x00)).AsUInt32()[1];
    }

    private static uint[] BuildTables()
    {
        var tables = new uint[8 * 256];
        for (uint i = 0; i < 256; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Polynomial;
            tables[i] = crc;
        }

        for (var i = 256; i < tables.Length; i++)
            tables[i] = (tables[i - 256] >> 8) ^ tables[tables[i - 256] & 255];
        return tables;
    }
}
