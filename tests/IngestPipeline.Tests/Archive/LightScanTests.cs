using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using IngestPipeline.Archive;

namespace IngestPipeline.Tests.Archive;

/// <summary>An archive whose large bodies are passed over when it is opened is the archive whose every record is read.</summary>
public sealed class LightScanTests : IDisposable
{
    private readonly ArchiveFixture _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("a.warc")]
    [InlineData("a.warc.gz")]
    public async Task Any_archive_is_indexed_as_if_it_were_read_whole(string name)
    {
        var passed = 0;
        for (var seed = 0; seed < FuzzRuns.Of(60); seed++)
        {
            var random = new Random(seed);
            var path = _files.Put(name, InventedWarc.Make(random, name.EndsWith(".gz", StringComparison.Ordinal)));
            var part = random.Next(2) == 0 ? 1 << 20 : random.Next(1_000, 200_000);
            var (light, whole) = (await ReadAsync(path, false, part), await ReadAsync(path, true, part));
            Assert.Equal(whole.Answers, light.Answers);
            Assert.Equal(whole.Faults, light.Faults);
            passed += light.Unread;
            Assert.Equal(0, whole.Unread);
        }

        Assert.True(passed > 0, "nothing was passed over");
    }

    [Theory]
    [InlineData("a.warc")]
    [InlineData("a.warc.gz")]
    public async Task So_is_a_damaged_one_and_what_is_read_of_it_tells_the_same_faults(string name)
    {
        for (var seed = 0; seed < FuzzRuns.Of(150); seed++)
        {
            var random = new Random(seed);
            var bytes = InventedWarc.Make(random, name.EndsWith(".gz", StringComparison.Ordinal), answersOnly: true);
            for (var hits = random.Next(1, 4); hits > 0; hits--)
                bytes[random.Next(20, bytes.Length)] ^= (byte)random.Next(1, 256);
            if (random.Next(3) == 0)
                bytes = bytes[..random.Next(bytes.Length / 2, bytes.Length)];
            var path = _files.Put(name, bytes);
            var part = random.Next(2) == 0 ? 1 << 20 : random.Next(1_000, 200_000);
            var (light, whole) = (await ReadAsync(path, false, part, isDamaged: true), await ReadAsync(path, true, part, isDamaged: true));
            var differ = whole.Answers.Except(light.Answers).Append("light").Concat(light.Answers.Except(whole.Answers)).Append("faults").Concat(whole.Faults).Append("light").Concat(light.Faults);
            Assert.True(
                whole.Answers.SequenceEqual(light.Answers) && whole.Faults.Order(StringComparer.Ordinal).SequenceEqual(light.Faults.Order(StringComparer.Ordinal)),
                $"seed {seed}\n{string.Join('\n', differ)}");
        }
    }

    [Fact]
    public async Task A_member_that_a_site_hid_in_a_page_is_no_capture()
    {
        // The page is stored as it is, as compressors do with what they cannot compress. In it stand what looks like its end, another site's page, and the
        // beginning of a further one that seems to end where the page does.
        var noise = new byte[40_000];
        new Random(1).NextBytes(noise);
        const string Head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
        var forged = ArchiveFixture.Bytes(true, ArchiveFixture.Page("https://other.test/", ArchiveFixture.Day, "never sent"));
        byte[] body = [.. noise, .. new byte[4], .. forged, .. new byte[30_000], .. noise];
        var size = ArchiveFixture.Bytes(false, ArchiveFixture.Page("https://x.test/", ArchiveFixture.Day, body, Head)).Length;
        var last = new byte[size - (ArchiveFixture.Bytes(false, ArchiveFixture.Page("https://other.test/2", ArchiveFixture.Day, new byte[size - 1_000], Head)).Length - size + 1_000)];
        Array.Fill(last, (byte)'x');
        var open = Stored(ArchiveFixture.Bytes(false, ArchiveFixture.Page("https://other.test/2", ArchiveFixture.Day, last, Head)))[..30_000];
        BinaryPrimitives.WriteInt32LittleEndian(body.AsSpan(noise.Length), size);
        open.CopyTo(body.AsSpan(noise.Length + 4 + forged.Length));

        using var file = new MemoryStream();
        file.Write(ArchiveFixture.Bytes(true, ArchiveFixture.Page("https://x.test/first", ArchiveFixture.Day, "first")));
        var page = ArchiveFixture.Bytes(false, ArchiveFixture.Page("https://x.test/", ArchiveFixture.Day, body, Head));
        Assert.Equal(size, page.Length);
        file.Write(Stored(page));
        file.Write(ArchiveFixture.Bytes(true, ArchiveFixture.Page("https://x.test/last", ArchiveFixture.Day, "last")));
        Assert.True(file.ToArray().AsSpan().IndexOf(forged) > 0);
        await using var archive = await _files.OpenAsync(_files.Put("a.warc.gz", file.ToArray()));

        Assert.Equal(["https://x.test/first", "https://x.test/", "https://x.test/last"], archive.All().Select(c => c.Url));
        Assert.Empty(archive.Faults);
    }

    [Fact]
    public async Task Damage_in_a_page_is_told_once_when_it_is_read_and_at_once_where_all_is_to_be_read()
    {
        var entries = Enumerable.Range(0, 12).Select(n => ArchiveFixture.Page($"https://x.test/{n}", ArchiveFixture.Day.AddMinutes(n), InventedWarc.Text(new(n), 60_000))).ToArray();
        var bytes = ArchiveFixture.Bytes(true, entries);
        var path = _files.Put("a.warc.gz", bytes);
        await using (var sound = await _files.OpenAsync(path))
        {
            foreach (var n in new[] { 3, 7 })
                bytes[(int)sound.All().ElementAt(n + 1).Offset - 3_000] ^= 0x55;
        }

        File.WriteAllBytes(path, bytes);
        var whole = await ReadAsync(path, true, 1 << 20);
        Assert.True(whole.Faults.Count >= 2);
        await using var archive = await _files.OpenAsync(path);
        Assert.Empty(archive.Faults);
        Assert.Equal(12, archive.Captures);
        var seventh = await archive.ReadAsync(archive.All().ElementAt(7), default);
        var third = await archive.ReadAsync(archive.All().ElementAt(3), default);
        await archive.ReadAsync(archive.All().ElementAt(7), default);
        Assert.Equal(whole.Faults, archive.Faults.Select(f => f.ToString()));
        Assert.Equal(2, new[] { third, seventh }.Count(r => r.Body.Length > 10_000));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public async Task A_body_that_looks_like_the_starts_of_members_takes_linear_time(int sizes)
    {
        // Where a member ends is looked for among two million places that might be its end, each with a length before it.
        var first = ArchiveFixture.Bytes(true, ArchiveFixture.Page("https://x.test/first", ArchiveFixture.Day, "first"));
        var page = ArchiveFixture.Bytes(true, ArchiveFixture.Page("https://x.test/", ArchiveFixture.Day, InventedWarc.Text(new(1), 3_000_000)));
        var size = page[^4..];
        byte[] piece = [.. size[..sizes], 0x1F, 0x8B, 0x08];
        var path = _files.Put("a.warc.gz", [.. first, .. page[..30_000], .. Enumerable.Repeat(piece, 2_000_000).SelectMany(p => p)]);
        var watch = Stopwatch.StartNew();
        await using var archive = await _files.OpenAsync(path);
        Assert.NotEmpty(archive.Faults);
        Assert.Equal(2, archive.Captures);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"{watch.Elapsed}");
    }

    private static byte[] Stored(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var stored = new GZipStream(packed, CompressionLevel.NoCompression))
            stored.Write(bytes);
        return packed.ToArray();
    }

    private async Task<(List<string> Answers, List<string> Faults, int Unread)> ReadAsync(string path, bool whole, int part, bool isDamaged = false)
    {
        try
        {
            await using var archive = await WebArchive.OpenAsync(
                [path], new() { TemporaryFolder = _files.Temporary, ReadsWhole = whole, PartBytes = part }, CancellationToken.None);
            var (answers, unread) = (new List<string>(), 0);
            var flags = archive.Feeds().Select(c => (c.Number, "feed")).Concat(archive.Pages().Select(c => (c.Number, "page"))).ToLookup(f => f.Number, f => f.Item2);
            foreach (var capture in archive.All())
            {
                unread += capture.IsUnread ? 1 : 0;
                var answer = await archive.ReadAsync(capture, default);
                var headers = string.Join('|', answer.Headers.Select(h => $"{h.Key}:{h.Value}"));
                answers.Add($"{answer.Capture} {capture.InnerOffset} {(isDamaged ? 0 : capture.Position)} {capture.RefersTo} {string.Join('+', flags[capture.Number])} {answer.Status} {headers} {answer.HasContent} {answer.IsCut} {answer.Fault} {WarcWriter.Digest(answer.Body.Span)}");
            }

            return (answers, [.. archive.Faults.Select(f => f.ToString())], unread);
        }
        catch (ArchiveException e)
        {
            return ([e.Message], [], 0);
        }
    }
}
