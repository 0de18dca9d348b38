using IngestPipeline.Archive;

namespace IngestPipeline.Tests.Archive;

/// <summary>An archive that somebody writes to while it is read: nothing may be left out without a word.</summary>
public sealed class ChangedArchiveTests : IDisposable
{
    private readonly ArchiveFixture _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("a.warc")]
    [InlineData("a.warc.gz")]
    public async Task A_file_that_was_cut_after_it_was_indexed_is_told(string name)
    {
        var file = _files.Warc(name, Page("https://x.test/1"), Page("https://x.test/2"));
        await using var archive = await _files.OpenAsync();
        var last = archive.Pages().Single(p => p.Url.EndsWith('2'));
        await File.WriteAllBytesAsync(file, (await File.ReadAllBytesAsync(file))[..(int)(last.Offset + 3)]);

        var told = await Assert.ThrowsAsync<ArchiveException>(async () => await archive.ReadAsync(last, default));

        Assert.Contains("changed while it was read", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_in_whose_place_another_was_put_is_told()
    {
        var file = _files.Warc("a.warc", Page("https://x.test/1"));
        await using var archive = await _files.OpenAsync();
        await File.WriteAllBytesAsync(file, ArchiveFixture.Bytes(compress: false, Page("https://x.test/9")));

        var told = await Assert.ThrowsAsync<ArchiveException>(async () => await archive.ReadAsync(Assert.Single(archive.Pages()), default));

        Assert.Contains("a.warc", told.Message, StringComparison.Ordinal);
    }

    private static WarcEntry Page(string url) => ArchiveFixture.Page(url, ArchiveFixture.Day, ArchiveFixture.Html("x"));
}
