using IngestPipeline.Cli;
using IngestPipeline.Storage;
using Microsoft.Data.Sqlite;

namespace IngestPipeline.Tests.Cli;

public sealed class FailureTests
{
    [Fact]
    public void A_full_disk_is_told_with_what_to_do()
    {
        var books = Failure.Of(new SqliteException("SQLite Error 13: 'database or disk is full'.", 13));
        var output = Failure.Of(new IOException("No space left on device : 'news.csv.partial'", 28));

        Assert.Equal(new($"{Path.GetTempPath()}: a temporary file cannot be written: the disk is full; free some space, then run again", ExitCodes.Storage), books);
        Assert.Equal(new("No space left on device : 'news.csv.partial': the disk is full; free some space, then run again", ExitCodes.Usage), output);
    }

    [Fact]
    public void A_store_of_another_version_has_an_exit_code_of_its_own()
    {
        Assert.Equal(ExitCodes.OtherVersion, Failure.Of(new StorageException("x") { IsOtherVersion = true })?.ExitCode);
        Assert.Equal(ExitCodes.Storage, Failure.Of(new StorageException("x"))?.ExitCode);
    }

    [Fact]
    public void A_bug_keeps_its_stack_trace() => Assert.Null(Failure.Of(new InvalidOperationException("a bug")));
}
