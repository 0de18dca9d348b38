using IngestPipeline.Storage;
using Microsoft.Win32.SafeHandles;

namespace IngestPipeline.Tests.Storage;

/// <summary>
/// Takes note of what a folder store asks of the disk, and tells what a loss of power after any of these calls leaves: what was not synced is there, or
/// not, or in part, each for itself and in no order, as POSIX allows.
/// </summary>
/// <param name="syncsAll">False plays a system without a sync of the whole file system.</param>
internal sealed class PowerLossDisk(bool syncsAll = true) : FileCalls
{
    private readonly Lock _gate = new();
    private readonly List<Call> _calls = [];
    private readonly Dictionary<string, Inode> _now = new(StringComparer.Ordinal);

    private enum Kind
    {
        Folder,
        Write,
        Flush,
        Name,
        Move,
        Delete,
        SyncFolder,
        SyncAll,
    }

    /// <summary>How many calls there were.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _calls.Count;
        }
    }

    public override void MakeFolder(string path) => Note(() => base.MakeFolder(path), () => new(Kind.Folder, path));

    public override void Write(SafeFileHandle file, string path, ReadOnlySpan<byte> content)
    {
        base.Write(file, path, content);
        lock (_gate)
            _calls.Add(new(Kind.Write, path, _now[path] = new(content.ToArray())));
    }

    public override void Flush(SafeFileHandle file, string path) => Note(() => base.Flush(file, path), () => new(Kind.Flush, path, _now[path]));

    public override void Flush(string path) => Note(() => base.Flush(path), () => new(Kind.Flush, path, _now[path]));

    public override FileSync.Link Link(string file, string name)
    {
        lock (_gate)
        {
            var link = base.Link(file, name);
            if (link == FileSync.Link.Done)
                _calls.Add(new(Kind.Name, name, _now[name] = _now[file]));
            return link;
        }
    }

    public override void Move(string file, string name) => Note(() => base.Move(file, name), () =>
    {
        _now.Remove(file, out var moved);
        return new(Kind.Move, name, _now[name] = moved!, file);
    });

    public override void Delete(string path) => Note(() => base.Delete(path), () =>
    {
        _now.Remove(path);
        return new(Kind.Delete, path);
    });

    public override void SyncFolder(string path) => Note(() => base.SyncFolder(path), () => new(Kind.SyncFolder, path));

    public override bool SyncAll(string path)
    {
        if (!syncsAll)
            return false;
        Note(() => base.SyncAll(path), () => new(Kind.SyncAll, path));
        return true;
    }

    /// <summary>The files that are there when the power was lost after some of the calls and has come back: path → content.</summary>
    public IReadOnlyDictionary<string, byte[]> After(int calls, Random random)
    {
        lock (_gate)
        {
            var files = new Dictionary<string, Inode>(StringComparer.Ordinal);
            var folders = new HashSet<string>(StringComparer.Ordinal);
            var lost = new HashSet<string>(StringComparer.Ordinal);
            for (var n = 0; n < calls; n++)
            {
                var call = _calls[n];
                var isThere = call.Kind is Kind.Flush or Kind.SyncFolder or Kind.SyncAll || IsSynced(call.Path, n, calls) || random.Next(2) == 0;
                switch (call.Kind)
                {
                    case Kind.Folder:
                        _ = isThere ? folders.Add(call.Path) : lost.Add(call.Path);
                        break;
                    case Kind.Write or Kind.Name when isThere:
                        files[call.Path] = call.File!;
                        break;
                    case Kind.Move when isThere:
                        files.Remove(call.From!);
                        files[call.Path] = call.File!;
                        break;
                    case Kind.Delete when isThere:
                        files.Remove(call.Path);
                        break;
                }
            }

            lost.ExceptWith(folders);
            return files.Where(f => !lost.Any(l => f.Key.StartsWith(l + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
                .ToDictionary(f => f.Key, f => Content(f.Value, calls, random), StringComparer.Ordinal);
        }
    }

    // A name is durable when its folder, or everything, was synced after it was made.
    private bool IsSynced(string path, int from, int calls)
    {
        var folder = Path.GetDirectoryName(path);
        for (var n = from + 1; n < calls; n++)
        {
            if (_calls[n].Kind == Kind.SyncAll || (_calls[n].Kind == Kind.SyncFolder && _calls[n].Path == folder))
                return true;
        }

        return false;
    }

    private byte[] Content(Inode file, int calls, Random random)
    {
        var written = _calls.FindIndex(c => c.Kind == Kind.Write && ReferenceEquals(c.File, file));
        for (var n = written + 1; n < calls; n++)
        {
            if (_calls[n].Kind == Kind.SyncAll || (_calls[n].Kind == Kind.Flush && ReferenceEquals(_calls[n].File, file)))
                return file.Content;
        }

        return random.Next(3) switch { 0 => [], 1 => file.Content[..(file.Content.Length / 2)], _ => file.Content };
    }

    private void Note(Action act, Func<Call> call)
    {
        lock (_gate)
        {
            act();
            _calls.Add(call());
        }
    }

    private sealed record Inode(byte[] Content);

    private sealed record Call(Kind Kind, string Path, Inode? File = null, string? From = null);
}
