using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Reports;

/// <summary>Writes a report into a folder, as plain files that any web server can serve.</summary>
internal sealed class FolderTarget : IReportTarget
{
    private const string Partial = ".partial";

    private readonly Dictionary<string, string> _before;
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);

    private FolderTarget(string location, Dictionary<string, string> before)
    {
        Location = location;
        _before = before;
    }

    public string Location { get; }

    public int Changed { get; private set; }

    /// <exception cref="StorageException">The folder holds something that is no report, or is a file.</exception>
    public static FolderTarget Open(string folder)
    {
        var path = Path.GetFullPath(folder);
        return Guard(path, () =>
        {
            if (File.Exists(path))
                throw new StorageException($"{folder}: is a file; name a folder for the report.");
            var manifest = Path.Combine(path, ReportManifest.Name);
            var before = File.Exists(manifest) ? ReportManifest.Read(File.ReadAllBytes(manifest)) : null;
            // Never among files that are somebody else's.
            if (before is null && Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
                throw new StorageException($"{folder}: holds files that are no report; name an empty folder, or a new one.");
            return new FolderTarget(path, before?.Where(f => BlobName.IsValid(f.Key)).ToDictionary(StringComparer.Ordinal) ?? []);
        });
    }

    public ValueTask WriteAsync(string name, byte[] content, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Guard(Location, () =>
        {
            var hash = ContentHash(content);
            _files[name] = hash;
            var path = Path.Combine(Location, name);
            if (_before.GetValueOrDefault(name) == hash && File.Exists(path))
                return 0;
            var parent = Path.GetDirectoryName(path)!;
            if (_folders.Add(parent))
                Directory.CreateDirectory(parent);
            // An interrupted run leaves a report without a manifest that a folder would be refused for: the first file is the manifest. It names no file yet.
            if (_before.Count == 0 && Changed == 0)
                File.WriteAllBytes(Path.Combine(Location, ReportManifest.Name), ReportManifest.Write(_before));
            // A page under its name is whole: the next run leaves one alone that the manifest knows.
            var partial = Path.Combine(Location, Partial);
            File.WriteAllBytes(partial, content);
            File.Move(partial, path, overwrite: true);
            return Changed++;
        });
        return ValueTask.CompletedTask;
    }

    public Task FinishAsync(CancellationToken cancellation)
    {
        Guard(Location, () =>
        {
            foreach (var name in _before.Keys.Where(n => !_files.ContainsKey(n)))
                File.Delete(Path.Combine(Location, name));
            File.WriteAllBytes(Path.Combine(Location, ReportManifest.Name), ReportManifest.Write(_files));
            return 0;
        });
        return Task.CompletedTask;
    }

    internal static string ContentHash(ReadOnlySpan<byte> content) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content).AsSpan(0, 16));

    private static T Guard<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StorageException($"{path}: permission denied; check who owns the folder, or name another one for the report.", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StorageException($"{path}: there is no such folder, and it cannot be made; name another one for the report.", e);
        }
        catch (IOException e) when (FolderGuard.IsFull(e))
        {
            throw new StorageException($"{path}: the report cannot be written: {StorageException.FullDisk}.", e);
        }
        catch (IOException e)
        {
            throw new StorageException($"{path}: the report cannot be written there ({e.Message}); name another folder for it.", e);
        }
    }
}
