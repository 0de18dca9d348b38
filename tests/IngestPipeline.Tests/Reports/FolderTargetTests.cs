using IngestPipeline.Reports;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Storage;
using Microsoft.Data.Sqlite;

namespace IngestPipeline.Tests.Reports;

public sealed class FolderTargetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_page_that_was_cut_off_with_its_run_is_written_anew()
    {
        await FolderTarget.Open(_folder["site"]).WriteAsync("index.html", "<p>whole</p>"u8.ToArray(), default);
        File.WriteAllText(_folder["site/index.html"], "<p>wh");

        await FolderTarget.Open(_folder["site"]).WriteAsync("index.html", "<p>whole</p>"u8.ToArray(), default);

        Assert.Equal("<p>whole</p>", File.ReadAllText(_folder["site/index.html"]));
    }

    [Fact]
    public async Task A_full_disk_leaves_the_page_that_was_there()
    {
        if (!File.Exists("/dev/full"))
            return;
        var target = FolderTarget.Open(_folder["site"]);
        await target.WriteAsync("index.html", "<p>old</p>"u8.ToArray(), default);
        await target.FinishAsync(default);
        File.CreateSymbolicLink(_folder["site/.partial"], "/dev/full");

        var error = await Assert.ThrowsAsync<StorageException>(
            async () => await FolderTarget.Open(_folder["site"]).WriteAsync("index.html", "<p>new</p>"u8.ToArray(), default));

        Assert.Equal($"{_folder["site"]}: the report cannot be written: the disk is full; free some space, then run again.", error.Message);
        Assert.Equal("<p>old</p>", File.ReadAllText(_folder["site/index.html"]));
    }

    [Fact]
    public void A_full_disk_under_a_database_is_told_with_what_to_do()
    {
        Assert.Equal("the disk is full; free some space, then run again", new SqliteException("SQLite Error 13: 'database or disk is full'.", 13).Why());
        Assert.Equal("SQLite Error 1: 'x'.", new SqliteException("SQLite Error 1: 'x'.", 1).Why());
    }
}
