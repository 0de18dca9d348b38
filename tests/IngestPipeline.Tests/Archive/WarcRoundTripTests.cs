using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IngestPipeline.Archive;

namespace IngestPipeline.Tests.Archive;

public sealed class WarcRoundTripTests
{
    private static readonly DateTimeOffset Date = ArchiveFixture.Day;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Reads_back_every_block_that_was_written(bool compress) =>
        Prop.ForAll<byte[][]>(blocks =>
        {
            var file =
                ArchiveFixture.Bytes(compress, [.. blocks.Select((b, n) => WarcEntry.Resource($"https://x.test/{n}", Date.AddSeconds(n), "text/plain", b))]);
            using var reader = WarcReader.Open(new MemoryStream(file), "test");
            var read = reader.Records().Select(r => (r.TargetUri, r.Date, Block: r.ReadBlock(int.MaxValue))).ToList();

            return reader.Faults.Count == 0 && read.Count == blocks.Length
                && read.Select((r, n) => r.TargetUri == $"https://x.test/{n}" && r.Date == Date.AddSeconds(n) && r.Block.AsSpan().SequenceEqual(blocks[n])).All(ok => ok);
        }).Hold();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Reads_a_record_again_from_its_offset(bool compress)
    {
        var file = ArchiveFixture.Bytes(
            compress,
            [.. Enumerable.Range(0, 20).Select(n => WarcEntry.Resource($"https://x.test/{n}", Date, "text/plain", Encoding.ASCII.GetBytes(new string('x', n * 700))))]);
        using var reader = WarcReader.Open(new MemoryStream(file), "test");
        var records = reader.Records().ToList();

        Assert.All(records, record =>
        {
            Assert.Equal(0, record.InnerOffset);
            var alone = new MemoryStream(file, (int)record.Offset, (int)record.Length!.Value);
            using var again = WarcReader.Open(alone, "part");
            Assert.Equal(record.TargetUri, Assert.Single(again.Records()).TargetUri);
            Assert.Empty(again.Faults);
        });
        Assert.Equal(file.Length, records.Sum(r => r.Length));
    }

    [Fact]
    public void Writes_the_same_bytes_twice()
    {
        WarcEntry[] entries =
        [
            WarcEntry.Info(Date, new KeyValuePair<string, string>("software", "test")),
            ArchiveFixture.Page("https://x.test/a", Date, ArchiveFixture.Html("A")),
            WarcEntry.Metadata("https://x.test/b", Date, new KeyValuePair<string, string>("note", "line\r\nbreak")),
        ];
        Assert.Equal(ArchiveFixture.Bytes(true, entries), ArchiveFixture.Bytes(true, entries));
    }

    [Fact]
    public void Keeps_a_line_end_in_a_field_from_starting_a_record()
    {
        var file =
            ArchiveFixture.Bytes(false, WarcEntry.Resource("https://x.test/\r\n\r\nWARC/1.1\r\nWARC-Type: response", Date, "text/plain", "x"u8.ToArray()));
        using var reader = WarcReader.Open(new MemoryStream(file), "test");
        Assert.Equal("resource", Assert.Single(reader.Records()).Type);
    }

    [Fact]
    public void Digests_the_payload_without_its_chunking()
    {
        var chunked = ArchiveFixture.Page("https://x.test/", Date, "3\r\nabc\r\n0\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n");
        using var reader = WarcReader.Open(new MemoryStream(ArchiveFixture.Bytes(false, chunked)), "test");
        Assert.Equal(WarcWriter.Digest("abc"u8), reader.Records().Single().Field("WARC-Payload-Digest"));
    }

    [Fact]
    public void Dates_keep_their_fraction_and_whole_seconds_have_none()
    {
        var file = ArchiveFixture.Bytes(
            false, WarcEntry.Request("https://x.test/", Date.AddTicks(1234567), default), WarcEntry.Request("https://x.test/", Date, default));
        using var reader = WarcReader.Open(new MemoryStream(file), "test");
        Assert.Equal(["2026-03-01T08:00:00.1234567Z", "2026-03-01T08:00:00Z"], reader.Records().Select(r => r.Field("WARC-Date")!).ToList());
    }
}
