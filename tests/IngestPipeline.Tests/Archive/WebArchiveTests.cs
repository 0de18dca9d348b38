using System.IO.Compression;
using System.Text;
using IngestPipeline.Archive;

namespace IngestPipeline.Tests.Archive;

public sealed class WebArchiveTests : IDisposable
{
    private static readonly DateTimeOffset Day = ArchiveFixture.Day;
    private readonly ArchiveFixture _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Finds_the_first_capture_at_or_after_a_poll_else_the_nearest_before()
    {
        _files.Warc("a.warc.gz", Page("https://x.test/a", 3, "third"), Page("https://x.test/a", 1, "first"), Page("https://x.test/a", 2, "second"));
        await using var archive = await _files.OpenAsync();
        async Task<string> At(int? hours) =>
            ArchiveFixture.Text(await archive.ReadAsync(archive.Find(new("https://x.test/a"), hours is { } h ? Day.AddHours(h) : null)!, default));

        Assert.Contains("first", await At(null), StringComparison.Ordinal);
        Assert.Contains("first", await At(0), StringComparison.Ordinal);
        Assert.Contains("second", await At(2), StringComparison.Ordinal);
        Assert.Contains("third", await At(9), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://X.test:443/a%7Eb?q=%c3%a9#part")]
    [InlineData("http://x.test/a~b?q=é")]
    [InlineData("http://x.test:80/a~b?q=%C3%A9")]
    public async Task Finds_a_url_in_another_spelling(string url)
    {
        _files.Warc("a.warc", Page("https://x.test/a~b?q=%C3%A9", 1, "here"));
        await using var archive = await _files.OpenAsync();
        Assert.NotNull(archive.Find(new(url), null));
    }

    [Theory]
    [InlineData("https://x.test/A")]
    [InlineData("https://x.test/a/")]
    [InlineData("https://x.test:8443/a")]
    [InlineData("https://www.x.test/a")]
    [InlineData("https://x.test/a?b")]
    public async Task Does_not_take_one_url_for_another(string url)
    {
        _files.Warc("a.warc", Page("https://x.test/a", 1, "here"));
        await using var archive = await _files.OpenAsync();
        Assert.Null(archive.Find(new(url), null));
    }

    [Fact]
    public async Task A_redirect_to_https_does_not_answer_for_its_own_target()
    {
        var redirect = ArchiveFixture.Page("http://x.test/a", Day, "", "HTTP/1.1 301 Moved\r\nLocation: https://x.test/a\r\n");
        _files.Warc("a.warc", redirect);
        await using var archive = await _files.OpenAsync();
        Assert.Equal(301, archive.Find(new("http://x.test/a"), null)!.Status);
        Assert.Null(archive.Find(new("https://x.test/a"), null));
    }

    [Fact]
    public async Task A_redirect_that_leads_around_to_its_own_page_is_passed_over()
    {
        WarcEntry Cookie(string url) => ArchiveFixture.Page(url, Day, "", "HTTP/1.1 302 Found\r\nLocation: https://x.test/check\r\n");
        var later = ArchiveFixture.Page("https://x.test/moved", Day.AddHours(2), "came back");
        _files.Warc(
            "a.warc", Cookie("https://x.test/a"), ArchiveFixture.Page("https://x.test/a", Day.AddSeconds(1), "page"), Cookie("https://x.test/moved"), later);
        await using var archive = await _files.OpenAsync();
        Assert.Equal(200, archive.Find(new("https://x.test/a"), Day)!.Status);
        Assert.Equal(302, archive.Find(new("https://x.test/moved"), Day)!.Status);
    }

    [Fact]
    public async Task Captures_without_a_usable_url_or_message_are_faults()
    {
        _files.Warc(
            "a.warc",
            Page("https://[bad/", 0, "bad"),
            WarcEntry.Response("https://x.test/raw", Day, "no status line"u8.ToArray()),
            new("response", Day, "x"u8.ToArray()) { TargetUri = "dns:x.test", ContentType = "text/dns" },
            Page("https://x.test/a", 0, "good"));
        await using var archive = await _files.OpenAsync();
        Assert.Equal(1, archive.Captures);
        Assert.Equal(2, archive.Faults.Count);
    }

    [Fact]
    public async Task Damaged_archives_open_and_read_without_exceptions()
    {
        var page = Page("https://x.test/a", 0, "one");
        var file = ArchiveFixture.Bytes(
            false,
            page,
            ArchiveFixture.Page(
                "https://x.test/b", Day, "3\r\nabc\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"),
            WarcEntry.Revisit(
                "https://x.test/a", Day.AddHours(1), "HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(),
                new("<urn:uuid:0>", "https://x.test/a", Day, WarcWriter.Digest(page.Payload!.Value.Span)), notModified: false));
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var damaged = file.ToArray();
            for (var times = random.Next(1, 30); times > 0; times--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            _files.Put("damaged/a.warc", [.. "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"u8, .. damaged]);
            await using var archive = await _files.OpenAsync(Path.Combine(_files.Folder, "damaged", "a.warc"));
            foreach (var capture in archive.Pages().Concat(archive.Feeds()))
                Assert.True((await archive.ReadAsync(capture, default)).Body.Length <= file.Length);
            archive.Find(new("https://x.test/a"), Day.AddHours(1));
            Assert.InRange(archive.All().Count(), 0, 100);
        }
    }

    [Fact]
    public async Task An_attempt_that_was_tried_again_is_passed_over()
    {
        var busy = ArchiveFixture.Page("https://x.test/a", Day, "busy", "HTTP/1.1 503 Busy\r\n");
        _files.Warc("a.warc", busy, Page("https://x.test/a", 1, "good"), ArchiveFixture.Page("https://x.test/b", Day, "busy", "HTTP/1.1 503 Busy\r\n"));
        await using var archive = await _files.OpenAsync();
        Assert.Equal(200, archive.Find(new("https://x.test/a"), Day)!.Status);
        Assert.Equal(503, archive.Find(new("https://x.test/b"), Day)!.Status);
    }

    [Fact]
    public async Task Pages_come_in_order_of_date_then_url_and_leave_out_what_is_no_page()
    {
        _files.Warc(
            "a.warc.gz",
            Page("https://x.test/c", 2, "c"),
            Page("https://x.test/b", 1, "b"),
            Page("https://x.test/a", 1, "a"),
            ArchiveFixture.Page("https://x.test/robots.txt", Day, "User-agent: *", "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"),
            ArchiveFixture.Page("https://x.test/gone", Day, "gone", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n"),
            ArchiveFixture.Page("https://x.test/i.png", Day, "png", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n"),
            ArchiveFixture.Page("https://x.test/plain", Day, "plain words", "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"));
        await using var archive = await _files.OpenAsync();
        Assert.Equal(["https://x.test/plain", "https://x.test/a", "https://x.test/b", "https://x.test/c"], archive.Pages().Select(p => p.Url));
        Assert.Equal(7, archive.Captures);
    }

    [Fact]
    public async Task Listing_goes_on_while_pages_are_read_and_found()
    {
        _files.Warc("a.warc", [.. Enumerable.Range(0, 700).Select(n => Page($"https://x.test/{n:D4}", n, $"page {n}"))]);
        await using var archive = await _files.OpenAsync();
        var seen = 0;
        foreach (var page in archive.Pages())
        {
            Assert.Equal($"https://x.test/{seen:D4}", page.Url);
            Assert.Contains(
                $"page {seen}<", ArchiveFixture.Text(await archive.ReadAsync(archive.Find(new(page.Url), page.Date)!, default)), StringComparison.Ordinal);
            seen++;
        }

        Assert.Equal(700, seen);
    }

    [Fact]
    public async Task Many_can_find_and_read_at_once()
    {
        _files.Warc("a.warc.gz", [.. Enumerable.Range(0, 200).Select(n => Page($"https://x.test/{n}", n, $"page {n}"))]);
        await using var archive = await _files.OpenAsync();
        await Parallel.ForEachAsync(Enumerable.Range(0, 800), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, cancellation) =>
        {
            var capture = archive.Find(new($"https://x.test/{n % 200}"), null)!;
            Assert.Contains($"page {n % 200}<", ArchiveFixture.Text(await archive.ReadAsync(capture, cancellation)), StringComparison.Ordinal);
            if (n % 100 == 0)
                Assert.Equal(200, archive.Pages().Count());
        });
    }

    [Fact]
    public async Task A_path_given_twice_counts_once()
    {
        var path = _files.Warc("a.warc", Page("https://x.test/a", 0, "a"));
        await using var archive = await _files.OpenAsync(path, Path.Combine(_files.Folder, ".", "a.warc"));
        Assert.Equal(1, archive.Captures);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Resolves_a_revisit_by_record_id_by_url_and_date_and_by_digest(bool byId, bool byUrl)
    {
        var page = Page("https://x.test/a", 0, "the text");
        var digest = WarcWriter.Digest(page.Payload!.Value.Span);
        var id = "";
        _files.Put("a.warc", Bytes(writer => id = writer.Write(page).RecordId));
        _files.Put(
            "b.warc",
            Bytes(writer => writer.Write(new("revisit", Day.AddHours(5), "HTTP/1.1 200 OK\r\nX-Visit: second\r\nContent-Type: text/html\r\n\r\n"u8.ToArray())
        {
            TargetUri = "https://x.test/b",
            ContentType = "application/http; msgtype=response",
            PayloadDigest = byId || byUrl ? null : digest,
            Fields = byId ? [new("WARC-Refers-To", id)]
                : byUrl ? [new("WARC-Refers-To-Target-URI", "<https://x.test/a>"), new("WARC-Refers-To-Date", "2026-03-01T08:00:00Z")]
                : [],
        })));
        await using var archive = await _files.OpenAsync();
        var response = await archive.ReadAsync(archive.Find(new("https://x.test/b"), null)!, default);

        Assert.Equal(200, response.Status);
        Assert.Contains("the text", ArchiveFixture.Text(response), StringComparison.Ordinal);
        Assert.Contains(response.Headers, h => h is { Key: "X-Visit", Value: "second" });
        Assert.Contains(archive.Pages(), p => p.Url == "https://x.test/b");
        Assert.Equal(digest, "sha256:" + response.Capture.PayloadSha256);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Resolves_a_revisit_of_a_revisit(bool byId)
    {
        var ids = new List<string>();
        WarcEntry Revisit(string url, string ofUrl, int hour, int ofHour) => new("revisit", Day.AddHours(hour), "HTTP/1.1 200 OK\r\n\r\n"u8.ToArray())
        {
            TargetUri = url,
            ContentType = "application/http; msgtype=response",
            Fields = byId
                ? [new("WARC-Refers-To", ids[^1])]
                : [new("WARC-Refers-To-Target-URI", ofUrl), new("WARC-Refers-To-Date", Day.AddHours(ofHour).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture))],
        };
        // The chain's last link comes first in the archive.
        var last = _files.Put("a.warc", []);
        _files.Put("b.warc", Bytes(writer =>
        {
            ids.Add(writer.Write(Page("https://x.test/a", 0, "the text")).RecordId);
            ids.Add(writer.Write(Revisit("https://x.test/b", "https://x.test/a", 1, 0)).RecordId);
            ids.Add(writer.Write(Revisit("https://x.test/c", "https://x.test/b", 2, 1)).RecordId);
        }));
        File.WriteAllBytes(last, Bytes(writer => writer.Write(Revisit("https://x.test/d", "https://x.test/c", 3, 2))));
        await using var archive = await _files.OpenAsync();

        Assert.All(new[] { "b", "c", "d" }, name =>
            Assert.Contains(
                "the text", ArchiveFixture.Text(archive.ReadAsync(archive.Find(new("https://x.test/" + name), null)!, default).Result),
                StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_revisit_finds_its_payload_by_a_digest_that_the_first_writer_left_out()
    {
        var page = Page("https://x.test/a", 0, "the text");
        var sha1 = "sha1:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA1.HashData(page.Payload!.Value.Span));
        _files.Warc(
            "a.warc",
            page with { Payload = null, PayloadDigest = null },
            WarcEntry.Revisit(
                "https://x.test/b", Day.AddHours(1), "HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), new("<urn:uuid:1>", "https://y.test/", Day, ""),
                notModified: false) with { Payload = null, PayloadDigest = sha1 });
        await using var archive = await _files.OpenAsync();
        Assert.Contains(
            "the text", ArchiveFixture.Text(await archive.ReadAsync(archive.Find(new("https://x.test/b"), Day)!, default)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://x.test/?tx_news[id]=7", "https://x.test/?tx_news%5Bid%5D=7")]
    [InlineData("https://x.test/a|b", "https://x.test/a%7Cb")]
    [InlineData("https://x.test/a", "https://x.test/a?")]
    public async Task Finds_an_address_in_whichever_way_it_was_written(string one, string other)
    {
        _files.Warc("a.warc", Page(one, 0, "one"));
        _files.Warc("b.warc", Page(other.Replace("x.test", "y.test", StringComparison.Ordinal), 0, "other"));
        await using var archive = await _files.OpenAsync();

        Assert.NotNull(archive.Find(new(other), null));
        Assert.NotNull(archive.Find(new(one.Replace("x.test", "y.test", StringComparison.Ordinal)), null));
    }

    [Fact]
    public async Task An_unresolvable_revisit_says_so_and_gives_way_to_a_real_answer()
    {
        WarcEntry Revisit(string url) =>
            WarcEntry.Revisit(url, Day, "HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), new("<urn:uuid:1>", "https://y.test/", Day, "sha1:NONE"), notModified: false);
        _files.Warc("a.warc", Revisit("https://x.test/a"), Revisit("https://x.test/b"), Page("https://x.test/a", 9, "real"));
        await using var archive = await _files.OpenAsync();

        Assert.Equal(CaptureKind.Response, archive.Find(new("https://x.test/a"), Day)!.Kind);
        var response = await archive.ReadAsync(archive.Find(new("https://x.test/b"), Day)!, default);
        Assert.False(response.HasContent);
        Assert.Contains("not in the archive", response.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sha1:AAAQEAYEAUDAOCAJBIFQYDIOB4IBCEQT", "sha1:000102030405060708090a0b0c0d0e0f10111213")]
    [InlineData("sha1:AAAQEAYEAUDAOCAJBIFQYDIOB4IBCEQT", "SHA-1:aaaqeayeaudaocajbifqydiob4ibceqt")]
    [InlineData("sha256:000102030405060708090A0B0C0D0E0F101112131415161718191a1b1c1d1e1f", "sha-256:AAAQEAYEAUDAOCAJBIFQYDIOB4IBCEQTCQKRMFYYDENBWHA5DYPQ====")]
    [InlineData("xyz:Some/Value", "xyz:Some/Value")]
    public async Task A_revisit_finds_its_payload_whatever_form_two_writers_gave_its_digest(string original, string revisited)
    {
        WarcEntry With(WarcEntry entry, string digest) => entry with { Payload = null, PayloadDigest = digest };
        _files.Warc(
            "a.warc",
            With(Page("https://x.test/a", 0, "page"), original),
            With(
                WarcEntry.Revisit(
                    "https://x.test/b", Day.AddHours(1), "HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), new("<urn:uuid:1>", "https://y.test/", Day, ""),
                    notModified: false),
                revisited));
        await using var archive = await _files.OpenAsync();
        Assert.Contains("page", ArchiveFixture.Text(await archive.ReadAsync(archive.Find(new("https://x.test/b"), Day)!, default)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_made_from_a_page_is_a_page_only_where_the_page_is_missing()
    {
        WarcEntry Text(string url) => new("conversion", Day, "plain words"u8.ToArray()) { TargetUri = url, ContentType = "text/plain" };
        _files.Warc("a.warc.wet.gz", Text("https://x.test/a"), Text("https://x.test/b"));
        _files.Warc("a.warc.gz", Page("https://x.test/a", 0, "page"));
        await using var archive = await _files.OpenAsync();
        Assert.Equal([("https://x.test/a", CaptureKind.Response), ("https://x.test/b", CaptureKind.Conversion)], archive.Pages().Select(p => (p.Url, p.Kind)));
        Assert.Equal("plain words", ArchiveFixture.Text(await archive.ReadAsync(archive.Find(new("https://x.test/b"), null)!, default)));
    }

    [Fact]
    public async Task Reads_records_deep_inside_one_gzip_member()
    {
        var plain =
            ArchiveFixture.Bytes(false, [.. Enumerable.Range(0, 60).Select(n => Page($"https://x.test/{n}", n, new string((char)('a' + (n % 26)), 150_000)))]);
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(plain);
        _files.Put("big.warc.gz", stream.ToArray());
        await using var archive = await _files.OpenAsync();
        Assert.Equal(60, archive.Captures);
        var last = await archive.ReadAsync(archive.Find(new("https://x.test/59"), null)!, default);
        Assert.Contains(new string((char)('a' + (59 % 26)), 100), ArchiveFixture.Text(last), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_its_index_on_disk_and_deletes_it()
    {
        _files.Warc("a.warc", Page("https://x.test/a", 0, "a"));
        var archive = await _files.OpenAsync();
        if (OperatingSystem.IsLinux())
            Assert.Contains(
                Directory.EnumerateFiles("/proc/self/fd"), f => new FileInfo(f).LinkTarget?.StartsWith(_files.Temporary, StringComparison.Ordinal) == true);
        else
            Assert.Single(Directory.EnumerateFiles(_files.Temporary, "captures.db", SearchOption.AllDirectories));
        await archive.DisposeAsync();
        Assert.Empty(Directory.EnumerateFileSystemEntries(_files.Temporary));
    }

    [Fact]
    public async Task Captures_are_the_same_however_they_are_packed()
    {
        var entries = Enumerable.Range(0, 5).Select(n => Page($"https://x.test/{n}", n, $"page {n}")).ToArray();
        var plain = _files.Warc("plain/a.warc", entries);
        var packed = _files.Warc("packed/a.warc.gz", entries);
        await using var one = await _files.OpenAsync(plain);
        await using var two = await _files.OpenAsync(packed);
        Assert.Equal(5, one.Captures);
        Assert.Equal(one.All().Select(c => (c.Url, c.Date, c.Status, c.PayloadSha256)), two.All().Select(c => (c.Url, c.Date, c.Status, c.PayloadSha256)));
    }

    [Fact]
    public async Task Drops_a_content_encoding_that_the_body_does_not_have()
    {
        _files.Warc(
            "a.warc",
            ArchiveFixture.Page("https://x.test/a", Day, "<html>plain</html>", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n"));
        await using var archive = await _files.OpenAsync();
        var response = await archive.ReadAsync(archive.Find(new("https://x.test/a"), null)!, default);
        Assert.DoesNotContain(response.Headers, h => h.Key == "Content-Encoding");
    }

    [Theory]
    [InlineData("missing.warc", "does not exist")]
    [InlineData("junk.bin", "is not an archive")]
    [InlineData("junk.warc.gz", "is not an archive")]
    [InlineData("empty", "holds no archive")]
    public async Task Says_in_one_line_why_a_path_is_no_archive(string name, string why)
    {
        _files.Put("junk.bin", "junk"u8.ToArray());
        _files.Put("junk.warc.gz", "junk"u8.ToArray());
        Directory.CreateDirectory(Path.Combine(_files.Folder, "empty"));
        var error = await Assert.ThrowsAsync<ArchiveException>(() => _files.OpenAsync(Path.Combine(_files.Folder, name)));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_files.Temporary));
    }

    private static WarcEntry Page(string url, int hours, string text) => ArchiveFixture.Page(url, Day.AddHours(hours), ArchiveFixture.Html(text));

    private static byte[] Bytes(Action<WarcWriter> write)
    {
        using var stream = new MemoryStream();
        write(new(stream, new() { Compress = false }));
        return stream.ToArray();
    }
}
