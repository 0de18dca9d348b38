using IngestPipeline.Storage;

namespace IngestPipeline.Tests.Storage;

public sealed class WorkFolderTests : IDisposable
{
    private readonly TemporaryFolder _parent = new();

    [Fact]
    public void A_folder_goes_with_its_owner_and_nothing_stays()
    {
        using (var folder = WorkFolder.Create(_parent.Path))
            File.WriteAllText(Path.Combine(folder.Path, "a.db"), "a");

        Assert.Empty(Directory.EnumerateFileSystemEntries(_parent.Path));
    }

    [Fact]
    public void What_a_killed_owner_left_is_deleted_by_the_next_and_what_is_in_use_is_not()
    {
        using var living = WorkFolder.Create(_parent.Path);
        // As a killed process leaves them: nobody holds the lock.
        Directory.CreateDirectory(_parent["ingest-dead/deep"]);
        File.WriteAllText(_parent["ingest-dead/deep/a.db"], "a");
        File.WriteAllText(_parent["ingest-dead.lock"], "");
        File.WriteAllText(_parent["notes.lock"], "somebody else's");

        using var next = WorkFolder.Create(_parent.Path);

        Assert.False(Directory.Exists(_parent["ingest-dead"]) || File.Exists(_parent["ingest-dead.lock"]));
        Assert.True(Directory.Exists(living.Path) && File.Exists(_parent["notes.lock"]));
    }

    [Fact]
    public async Task Many_that_start_at_once_each_get_a_folder_of_their_own_and_keep_it()
    {
        var folders = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => WorkFolder.Create(_parent.Path))));

        Assert.Equal(32, folders.Select(f => f.Path).Distinct(StringComparer.Ordinal).Count());
        Assert.All(folders, f => Assert.True(Directory.Exists(f.Path)));
        foreach (var folder in folders)
            folder.Dispose();
        Assert.Empty(Directory.EnumerateFileSystemEntries(_parent.Path));
    }

    [Fact]
    public void Nobody_else_may_read_what_it_holds()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = WorkFolder.Create(_parent.Path);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.Path));
    }

    public void Dispose() => _parent.Dispose();
}
