using System.IO.Compression;
using System.Text;
using IngestPipeline.Archive;

namespace IngestPipeline.Tests.Archive;

public sealed class HttpMessagePartsTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody", 200, "body")]
    [InlineData("HTTP/1.0 404\n\nbody", 404, "body")]
    [InlineData("HTTP/2 200 \r\nno colon here\r\n\r\nbody", 200, "body")]
    [InlineData("HTTP/1.1 200 OK\r\nA: b", 200, "")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n", 200, "")]
    public void Reads_a_message(string text, int status, string body)
    {
        var message = Parse(text)!;
        Assert.Equal((status, body), (message.Status, Encoding.Latin1.GetString(message.Body.Span)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("HTTP/1.1 ok\r\n\r\n")]
    [InlineData("HTTP/1.1 20\r\n\r\n")]
    [InlineData("HTTP/1.1")]
    public void Refuses_what_is_no_message(string text) => Assert.Null(Parse(text));

    [Fact]
    public void Joins_folded_headers_keeps_duplicates_and_odd_bytes()
    {
        var message = Parse("HTTP/1.1 200 OK\r\nA: one\r\n two\r\na: three\r\nB: caf\u00e9\r\n\r\n")!;
        Assert.Equal([new("A", "one two"), new("a", "three"), new("B", "café")], message.Headers);
    }

    [Theory]
    [InlineData("3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n", "abcde", null)]
    [InlineData("3\nabc\n0\n\n", "abc", null)]
    [InlineData("A\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n", "0123456789", null)]
    [InlineData("<html>never chunked</html>", "<html>never chunked</html>", null)]
    [InlineData("3\r\nabc\r\n5\r\nde", "abcde", "ends within a chunk")]
    [InlineData("3\r\nabc\r\n", "abc", "without its last chunk")]
    [InlineData("3\r\nabc\r\nzz\r\nde\r\n", "abc", "wrong chunk size")]
    [InlineData("FFFFFFFFFFFFFFF\r\nabc", "abc", "ends within a chunk")]
    [InlineData("FFFFFFFFFFFFFFFFFFFF\r\nabc", "FFFFFFFFFFFFFFFFFFFF\r\nabc", null)]
    [InlineData("", "", null)]
    public void Joins_chunks(string body, string joined, string? fault)
    {
        var message = Parse("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body)!;
        Assert.Equal(joined, Encoding.Latin1.GetString(message.Body.Span));
        Assert.Equal(fault is null, message.Fault is null);
        Assert.Contains(fault ?? "", message.Fault ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Survives_any_bytes()
    {
        var message =
            Encoding.Latin1.GetBytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
        for (var seed = 0; seed < FuzzRuns.Of(3_000); seed++)
        {
            var random = new Random(seed);
            var bytes = message.ToArray();
            for (var times = random.Next(1, 12); times > 0; times--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var parts = HttpMessageParts.Parse(bytes.AsMemory(0, random.Next(bytes.Length + 1)));
            Assert.True(parts is null || parts.Body.Length <= message.Length);
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-GZIP")]
    [InlineData("deflate")]
    [InlineData("raw deflate")]
    [InlineData("br")]
    [InlineData("identity")]
    [InlineData(null)]
    public void Decodes_each_coding(string? encoding)
    {
        var text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 3000).Select(n => $"{n} ")));
        var decoded = ContentDecoding.Decode(Encode(text, encoding), encoding?.Split(' ')[^1], new(1 << 20));
        Assert.Equal(DecodingOutcome.Complete, decoded.Outcome);
        Assert.Equal(text, decoded.Bytes.ToArray());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public void Bounds_size_and_ratio(string encoding)
    {
        var bomb = Encode(new byte[20 << 20], encoding);
        var size = ContentDecoding.Decode(bomb, encoding, new(5 << 20, MaxRatio: int.MaxValue));
        var ratio = ContentDecoding.Decode(bomb, encoding, new(64 << 20, MaxRatio: 100));
        Assert.Equal((DecodingOutcome.TooLarge, 5 << 20), (size.Outcome, size.Bytes.Length));
        Assert.Equal(DecodingOutcome.TooLarge, ratio.Outcome);
        Assert.InRange(ratio.Bytes.Length, 1, 4 << 20);
    }

    [Theory]
    [InlineData("gzip, gzip")]
    [InlineData("zstd")]
    [InlineData("aes128gcm")]
    public void Refuses_what_it_does_not_know(string encoding)
    {
        var decoded = ContentDecoding.Decode("text"u8.ToArray(), encoding, new(100));
        Assert.Equal(DecodingOutcome.Refused, decoded.Outcome);
        Assert.Contains(encoding, decoded.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip", "identity", null)]
    [InlineData("gzip", "gzip", "gzip")]
    [InlineData("gzip", "deflate", "deflate")]
    [InlineData("deflate", "gzip", "gzip")]
    [InlineData("deflate", "raw deflate", "deflate")]
    [InlineData("br", "identity", null)]
    [InlineData("UTF-8", "identity", null)]
    [InlineData("iso-8859-1", "identity", null)]
    [InlineData("zstd", "identity", null)]
    [InlineData("aws-chunked", "identity", null)]
    [InlineData("zstd", "gzip", "zstd")]
    [InlineData("gzip, gzip", "gzip", "gzip, gzip")]
    [InlineData(null, "gzip", null)]
    public void Knows_an_encoding_that_is_claimed_wrongly(string? claimed, string sent, string? actual) =>
        Assert.Equal(actual, ContentDecoding.Actual(Encode("<p>some words of a page</p>"u8.ToArray(), sent), claimed));

    [Fact]
    public void Keeps_what_precedes_a_cut_in_gzip_content()
    {
        var text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 30000).Select(n => $"{n * 7919} ")));
        var cut = Encode(text, "gzip")[..20_000];
        var decoded = ContentDecoding.Decode(cut, "gzip", new(1 << 20));
        Assert.Equal(DecodingOutcome.Damaged, decoded.Outcome);
        Assert.True(decoded.Bytes.Length > 10_000 && text.AsSpan().StartsWith(decoded.Bytes.Span));
    }

    private static HttpMessageParts? Parse(string text) => HttpMessageParts.Parse(Encoding.Latin1.GetBytes(text));

    private static byte[] Encode(byte[] text, string? encoding)
    {
        using var target = new MemoryStream();
        using (var stream = encoding switch
        {
            "gzip" or "x-GZIP" => new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true),
            "deflate" => new ZLibStream(target, CompressionLevel.Optimal, leaveOpen: true),
            "raw deflate" => new DeflateStream(target, CompressionLevel.Optimal, leaveOpen: true),
            "br" => new BrotliStream(target, CompressionLevel.Fastest, leaveOpen: true),
            _ => (Stream)new BufferedStream(target),
        })
        {
            stream.Write(text);
            stream.Flush();
            if (stream is BufferedStream)
                return target.ToArray();
        }

        return target.ToArray();
    }
}
