using System.IO.Compression;
using System.Text;
using IngestPipeline.Archive;

namespace IngestPipeline.Tests.Archive;

public sealed class PartedScanTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ingest-parts-").FullName;

    /// <summary>How many records share a member.</summary>
    public static TheoryData<int> Members => [1, 3, 40];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Members))]
    public async Task A_file_scanned_in_parts_is_indexed_as_in_one_go(int together)
    {
        var file = Make(together);
        var whole = await Scan(file, int.MaxValue);
        Assert.Equal(40, whole.Captures.Count);
        foreach (var bytes in new[] { 1, 700, 2_000, file.Length / 2 })
            Same(whole, await Scan(file, bytes));
    }

    [Theory]
    [MemberData(nameof(Members))]
    public async Task So_is_a_damaged_one(int together)
    {
        var file = Make(together);
        for (var seed = 0; seed < FuzzRuns.Of(60); seed++)
        {
            var random = new Random(seed);
            var damaged = file.ToArray();
            for (var hits = random.Next(1, 4); hits > 0; hits--)
                damaged[random.Next(20, damaged.Length)] ^= (byte)random.Next(1, 256);
            if (random.Next(3) == 0)
                damaged = damaged[..random.Next(damaged.Length / 2, damaged.Length)];
            Same(await Scan(damaged, int.MaxValue), await Scan(damaged, random.Next(1, 3_000)));
        }
    }

    [Fact]
    public async Task An_archive_within_an_archive_is_not_taken_for_a_part()
    {
        var inner = Make(1);
        using var file = new MemoryStream();
        for (var n = 0; n < 4; n++)
        {
            // Stored as they are, with the starts of the members within.
            Member(file, [WarcEntry.Resource($"https://x.test/archive/{n}", ArchiveFixture.Day, "application/gzip", inner)], CompressionLevel.NoCompression);
            Member(
                file, [WarcEntry.Resource($"https://x.test/page/{n}", ArchiveFixture.Day, "text/plain", Encoding.ASCII.GetBytes($"page {n}"))],
                CompressionLevel.Fastest);
        }

        Same(await Scan(file.ToArray(), int.MaxValue), await Scan(file.ToArray(), 500));
        Same(await Scan(file.ToArray(), int.MaxValue, isWhole: false), await Scan(file.ToArray(), 500, isWhole: false));
    }

    private static byte[] Make(int together)
    {
        var random = new Random(7);
        using var file = new MemoryStream();
        foreach (var numbers in Enumerable.Range(0, 40).Chunk(together))
        {
            Member(
                file,
                numbers.Select(n => WarcEntry.Resource($"https://x.test/{n}", ArchiveFixture.Day.AddMinutes(n), "text/plain", Encoding.ASCII.GetBytes(string.Join(' ', Enumerable.Range(0, random.Next(5, 200)).Select(_ => random.Next(1_000_000)))))),
                CompressionLevel.Fastest);
        }

        return file.ToArray();
    }

    private static void Member(MemoryStream file, IEnumerable<WarcEntry> entries, CompressionLevel level)
    {
        using var gzip = new GZipStream(file, level, leaveOpen: true);
        var writer = new WarcWriter(gzip, new() { Compress = false });
        foreach (var entry in entries)
            writer.Write(entry);
    }

    private static void Same(Indexed one, Indexed other)
    {
        Assert.Equal(one.Captures, other.Captures);
        Assert.Equal(one.Faults, other.Faults);
        Assert.Equal(one.Error, other.Error);
    }

    private async Task<Indexed> Scan(byte[] bytes, int part, bool isWhole = true)
    {
        var path = Path.Combine(_folder, "file.warc.gz");
        await File.WriteAllBytesAsync(path, bytes);
        try
        {
            await using var archive = await WebArchive.OpenAsync([path], new() { PartBytes = part, ReadsWhole = isWhole }, CancellationToken.None);
            return new([.. archive.All().Select(c => isWhole ? c : c with { PayloadSha256 = null })], [.. archive.Faults], null);
        }
        catch (ArchiveException e)
        {
            return new([], [], e.Message);
        }
    }

    private sealed record Indexed(IReadOnlyList<Capture> Captures, IReadOnlyList<ArchiveFault> Faults, string? Error);
}
