namespace IngestPipeline.Storage;

/// <summary>
/// Every call by which a folder store changes what is on the disk, in one place: a test that takes note of them can tell what a loss of power at any
/// moment would leave.
/// </summary>
internal class FileCalls
{
    /// <summary>Makes a folder; its name is not durable yet.</summary>
    public virtual void MakeFolder(string path) => Directory.CreateDirectory(path);

    /// <summary>Writes a new file's content; it is not durable yet.</summary>
    public virtual void Write(Microsoft.Win32.SafeHandles.SafeFileHandle file, string path, ReadOnlySpan<byte> content) => RandomAccess.Write(file, content, 0);

    /// <summary>Makes the content of an open file durable.</summary>
    public virtual void Flush(Microsoft.Win32.SafeHandles.SafeFileHandle file, string path) => RandomAccess.FlushToDisk(file);

    /// <summary>Makes the content of a file that someone wrote durable.</summary>
    public virtual void Flush(string path) => FileContent.Flush(path);

    /// <summary>Gives a file a second name, unless that is taken.</summary>
    public virtual FileSync.Link Link(string file, string name) => FileSync.TryLink(file, name);

    /// <summary>Gives a file another name, in place of what has it.</summary>
    public virtual void Move(string file, string name) => File.Move(file, name, overwrite: true);

    /// <summary>Deletes a file; that is not durable yet, and may come undone: nothing that is written goes by it.</summary>
    public virtual void Delete(string path) => File.Delete(path);

    /// <summary>Makes the names in a folder durable.</summary>
    public virtual void SyncFolder(string path) => FileSync.Folder(path);

    /// <summary>Makes everything durable; false where the system has no such call.</summary>
    public virtual bool SyncAll(string path) => FileSync.FileSystemOf(path);
}
