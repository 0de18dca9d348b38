using IngestPipeline.Archive;

namespace IngestPipeline.Tests.Archive;

public sealed class ArchiveFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ingest-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void More_files_than_are_held_open_are_all_read_and_those_held_are_closed_in_the_end()
    {
        var paths = Enumerable.Range(0, 50).Select(n => Path.Combine(_folder, $"{n}.warc")).ToList();
        foreach (var path in paths)
            File.WriteAllText(path, "0123" + Path.GetFileName(path));
        Stream first;
        using (var files = new ArchiveFiles())
        {
            first = files.Open(paths[0], 4);
            for (var round = 0; round < 2; round++)
            {
                foreach (var path in paths)
                {
                    using var file = files.Open(path, 4);
                    Assert.Equal(Path.GetFileName(path), new StreamReader(file).ReadToEnd());
                }
            }

            Assert.Equal('0', first.ReadByte());
            Assert.Equal(2, first.Seek(2, SeekOrigin.Begin));
            Assert.Equal('2', first.ReadByte());
        }

        Assert.Throws<ObjectDisposedException>(() => first.ReadByte());
    }
}
