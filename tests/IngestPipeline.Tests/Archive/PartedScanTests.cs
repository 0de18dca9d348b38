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
        Assert.Equal(40, whole.Pages.Count);
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
        using var bytes = new MemoryStream();
        var writer = new WarcWriter(bytes, new() { Compress = true });
        for (var n = 0; n < 4; n++)
        {
            // What is random stays stored as it is, and a member's start with it.
            writer.Write(WarcEntry.Resource($"https://x.test/archive/{n}", ArchiveFixture.Day, "application/gzip", inner));
            writer.Write(WarcEntry.Resource($"https://x.test/page/{n}", ArchiveFixture.Day, "text/plain", Encoding.ASCII.GetBytes($"page {n}")));
        }

        Same(await Scan(bytes.ToArray(), int.MaxValue), await Scan(bytes.ToArray(), 500));
    }

    private static byte[] Make(int together)
    {
        var random = new Random(7);
        using var file = new MemoryStream();
        for (var n = 0; n < 40; n += together)
        {
            using var member = new MemoryStream();
            var writer = new WarcWriter(member, new() { Compress = false });
            for (var i = n; i < Math.Min(40, n + together); i++)
            {
                var text = string.Join(' ', Enumerable.Range(0, random.Next(5, 200)).Select(_ => random.Next(1_000_000)));
                writer.Write(WarcEntry.Resource($"https://x.test/{i}", ArchiveFixture.Day.AddMinutes(i), "text/plain", Encoding.ASCII.GetBytes(text)));
            }

            using var gzip = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true);
            gzip.Write(member.ToArray());
        }

        return file.ToArray();
    }

    private static void Same(Indexed one, Indexed other)
    {
        Assert.Equal(one.Pages, other.Pages);
        Assert.Equal(one.Faults, other.Faults);
        Assert.Equal(one.Fingerprint, other.Fingerprint);
        Assert.Equal(one.Error, other.Error);
    }

    private async Task<Indexed> Scan(byte[] bytes, int part)
    {
        var path = Path.Combine(_folder, "file.warc.gz");
        await File.WriteAllBytesAsync(path, bytes);
        try
        {
            await using var archive = await WebArchive.OpenAsync([path], new() { PartBytes = part }, CancellationToken.None);
            return new([.. archive.Pages()], [.. archive.Faults], archive.Fingerprint, null);
        }
        catch (ArchiveException e)
        {
            return new([], [], null, e.Message);
        }
    }

    private sealed record Indexed(IReadOnlyList<Capture> Pages, IReadOnlyList<ArchiveFault> Faults, string? Fingerprint, string? Error);
}
