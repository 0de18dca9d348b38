using System.Buffers.Binary;
using System.IO.Compression;
using IngestPipeline.Archive.Bytes;
using IngestPipeline.Archive;

namespace IngestPipeline.Tests.Archive;

public sealed class Crc32Tests
{
    [Fact]
    public void Gives_the_check_value_of_the_standard() => Assert.Equal(0xCBF43926, Crc32.Append(0, "123456789"u8));

    [Fact]
    public void Agrees_with_itself_in_every_length_and_part()
    {
        var bytes = new byte[600];
        new Random(1).NextBytes(bytes);
        for (var length = 0; length <= bytes.Length; length++)
        {
            var whole = Crc32.Append(0, bytes.AsSpan(0, length));
            Assert.Equal(~Crc32.ByTable(~0u, bytes.AsSpan(0, length)), whole);
            Assert.Equal(whole, Crc32.Append(Crc32.Append(0, bytes.AsSpan(0, length / 3)), bytes.AsSpan(length / 3, length - (length / 3))));
        }
    }

    [Fact]
    public void Agrees_with_the_trailer_of_a_gzip_stream()
    {
        var bytes = new byte[100_000];
        new Random(2).NextBytes(bytes);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        Assert.Equal(BinaryPrimitives.ReadUInt32LittleEndian(packed.ToArray().AsSpan(^8)), Crc32.Append(0, bytes));
    }
}
