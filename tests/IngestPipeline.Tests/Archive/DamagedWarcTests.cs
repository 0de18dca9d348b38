using System.IO.Compression;
using System.Text;
using IngestPipeline.Archive;

namespace IngestPipeline.Tests.Archive;

public sealed class DamagedWarcTests
{
    private static readonly WarcEntry[] Entries =
        [.. Enumerable.Range(0, 6).Select(n => WarcEntry.Resource($"https://x.test/{n}", ArchiveFixture.Day, "text/plain", Encoding.ASCII.GetBytes($"page {n} " + string.Join(' ', Enumerable.Range(n * 100, 40)))))];

    public static TheoryData<string> Forms => ["plain", "members", "one member"];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Keeps_the_records_before_a_cut_at_every_byte(string form)
    {
        var file = Make(form);
        var whole = Read(file).Records;
        for (var length = 0; length < file.Length; length++)
        {
            var (records, faults) = Read(file[..length]);
            var kept = records.TakeWhile((r, n) => r == whole[n]).Count();
            var complete = form == "members" ? MembersWithin(file, length) : form == "plain" ? PlainWithin(file, length) : 0;
            Assert.True(kept >= complete, $"cut at {length}: {kept} of {complete} records");
            Assert.True(records.Count <= complete + 1 || form == "one member", $"cut at {length}: {records.Count} records of {complete}");
            if (length > 0
                && records.Count < whole.Count
                && !(form == "members" && kept == records.Count && EndsAtMember(file, length))
                && !(form == "plain" && EndsAtRecord(file, length)))
                Assert.NotEmpty(faults);
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Survives_any_damage(string form)
    {
        var file = Make(form);
        for (var seed = 0; seed < FuzzRuns.Of(600); seed++)
        {
            var random = new Random(seed);
            var damaged = Damage(file, random);
            var (records, faults) = Read(damaged);
            Assert.InRange(records.Count, 0, 20);
            Assert.InRange(faults.Count, 0, 60);
        }
    }

    [Fact]
    public void Goes_on_at_the_next_member_after_a_damaged_one()
    {
        var file = Make("members");
        var second = MemberStarts(file)[1];
        for (var at = second + 10; at < MemberStarts(file)[2] - 8; at++)
        {
            var damaged = file.ToArray();
            damaged[at] ^= 0x55;
            var (records, faults) = Read(damaged);
            Assert.NotEmpty(faults);
            foreach (var n in new[] { 0, 2, 3, 4, 5 })
                Assert.Contains(records, r => r.StartsWith($"https://x.test/{n} page {n} ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Reads_on_behind_a_damaged_first_member()
    {
        var file = Make("members");
        file[0] = 0;
        var (records, faults) = Read(file);
        Assert.Equal(5, records.Count);
        Assert.NotEmpty(faults);
    }

    [Fact]
    public void Reads_from_a_stream_that_cannot_seek()
    {
        foreach (var form in new[] { "plain", "members", "one member" })
        {
            using var gzip = new GZipStream(new MemoryStream(Gzip(Make(form))), CompressionMode.Decompress);
            using var reader = WarcReader.Open(gzip, "pipe");
            Assert.Equal(6, reader.Records().Count());
            Assert.Empty(reader.Faults);
        }
    }

    [Fact]
    public void Goes_on_after_a_block_that_is_longer_than_declared()
    {
        var text = Encoding.ASCII.GetString(Make("plain"));
        var at = text.IndexOf("page 2 ", StringComparison.Ordinal);
        var (records, faults) = Read(Encoding.ASCII.GetBytes(text.Insert(at, "eleven more")));
        Assert.Equal(6, records.Count);
        Assert.NotEmpty(faults);
    }

    [Fact]
    public void Cuts_a_record_off_where_the_next_member_starts_with_one()
    {
        var lying = Gzip("WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://x.test/short\r\nContent-Length: 5000\r\n\r\nshort");
        var (records, faults) = Read([.. lying, .. ArchiveFixture.Bytes(true, Entries[0])]);
        Assert.Equal(2, records.Count);
        Assert.Equal("https://x.test/short short", records[0]);
        Assert.Contains("cut short", Assert.Single(faults).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Stops_at_a_compression_bomb()
    {
        using var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write("WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 600000000\r\n\r\n"u8);
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 560; i++)
                gzip.Write(zeros);
        }

        using var reader = WarcReader.Open(new MemoryStream(bomb.ToArray()), "bomb");
        Assert.Single(reader.Records());
        Assert.Contains(reader.Faults, f => f.What.Contains("bomb", StringComparison.Ordinal));
    }

    [Fact]
    public void Bounds_an_endless_header()
    {
        var file = Encoding.ASCII.GetBytes("WARC/1.0\r\n" + string.Concat(Enumerable.Range(0, 20_000).Select(n => $"X-{n}: y\r\n")));
        var (records, faults) = Read([.. file, .. "\r\n\r\n"u8, .. Make("plain")]);
        Assert.Equal(6, records.Count);
        Assert.NotEmpty(faults);
    }

    [Fact]
    public void Overlapping_false_members_take_linear_time()
    {
        // Each of many members opens with a record's start and then jumps, by stored blocks, into the next ones: none of them ends well.
        var one = new List<byte>();
        one.AddRange([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]);
        one.AddRange([0, 5, 0, 250, 255, .. "WARC/"u8]);
        one.AddRange([0, 10, 0, 245, 255]);
        var file = Enumerable.Repeat(one, 20_000).SelectMany(m => m).ToArray();
        var (records, faults) = Read(file);
        Assert.Empty(records);
        Assert.InRange(faults.Count, 1, 1_001);
    }

    private static byte[] Make(string form) => form switch
    {
        "plain" => ArchiveFixture.Bytes(false, Entries),
        "members" => ArchiveFixture.Bytes(true, Entries),
        _ => Gzip(Encoding.ASCII.GetString(ArchiveFixture.Bytes(false, Entries))),
    };

    private static byte[] Gzip(string text) => Gzip(Encoding.ASCII.GetBytes(text));

    private static byte[] Gzip(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(bytes);
        return stream.ToArray();
    }

    private static (List<string> Records, IReadOnlyList<ArchiveFault> Faults) Read(byte[] file)
    {
        using var reader = WarcReader.Open(new MemoryStream(file), "test");
        var records = reader.Records().Select(r => $"{r.TargetUri} {Encoding.ASCII.GetString(r.ReadBlock(1 << 20))}").ToList();
        return (records, reader.Faults);
    }

    private static byte[] Damage(byte[] file, Random random)
    {
        var bytes = file.ToList();
        for (var times = random.Next(1, 6); times > 0 && bytes.Count > 1; times--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, Math.Min(random.Next(1, 200), bytes.Count - at)); break;
                case 2: bytes.InsertRange(at, Enumerable.Repeat((byte)random.Next(256), random.Next(1, 300))); break;
                case 3: bytes.RemoveRange(at, bytes.Count - at); break;
                default: bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, Math.Min(random.Next(1, 400), bytes.Count - at))); break;
            }
        }

        return [.. bytes];
    }

    private static List<int> MemberStarts(byte[] file)
    {
        using var reader = WarcReader.Open(new MemoryStream(file), "test");
        return reader.Records().Select(r => (int)r.Offset).ToList();
    }

    private static int MembersWithin(byte[] file, int length) => MemberStarts(file).Append(file.Length).Skip(1).Count(end => end <= length);

    private static bool EndsAtMember(byte[] file, int length) => MemberStarts(file).Contains(length);

    // Without its two closing line ends a record is whole all the same.
    private static int PlainWithin(byte[] file, int length) => MemberStarts(file).Append(file.Length).Skip(1).Count(end => end - 4 <= length);

    private static bool EndsAtRecord(byte[] file, int length) => MemberStarts(file).Contains(length);
}
