using IngestPipeline.Cli.Batch;
using IngestPipeline.Storage;

namespace IngestPipeline.Tests.Storage;

public sealed class ReadOnlyStreamTests
{
    [Fact]
    public async Task Every_way_of_reading_goes_on_where_the_last_one_stopped()
    {
        await using var stream = Stream();
        var bytes = new byte[4];
        var copied = new MemoryStream();

        Assert.Equal('a', stream.ReadByte());
        Assert.Equal(1, stream.Read(bytes, 3, 1));
        Assert.Equal(1, await stream.ReadAsync(bytes.AsMemory(2, 1)));
        await stream.CopyToAsync(copied);

        Assert.Equal("\0\0cb"u8, bytes);
        Assert.Equal("defg"u8, copied.ToArray());
        Assert.Equal(-1, stream.ReadByte());
    }

    [Fact]
    public void A_stream_that_only_goes_forward_refuses_a_place_and_a_length()
    {
        using var stream = Stream();

        Assert.Throws<NotSupportedException>(() => stream.Position = 0);
        Assert.Throws<NotSupportedException>(() => stream.Position);
        Assert.Throws<NotSupportedException>(() => stream.Length);
        Assert.Equal((true, false, false), (stream.CanRead, stream.CanSeek, stream.CanWrite));
    }

    private static ReadOnlyStream Stream() => new PeekedStream("ab"u8.ToArray(), new MemoryStream("cdefg"u8.ToArray()));
}
