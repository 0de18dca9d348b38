using System.Runtime.InteropServices;

namespace IngestPipeline.Storage;

/// <summary>
/// The calls to the system that .NET has no form of: a link that fails when its name is taken, the sync of a folder, and one sync of a whole
/// file system. Each says in its result whether the system could do it, so that the caller can take another way.
/// </summary>
internal static partial class FileSync
{
    /// <summary>How an attempt to give a file its name ended.</summary>
    public enum Link
    {
        /// <summary>The file has the name.</summary>
        Done,

        /// <summary>Something else has the name.</summary>
        Exists,

        /// <summary>The folder of the name is gone.</summary>
        NoFolder,

        /// <summary>The file system knows no hard links.</summary>
        Unsupported,
    }

    // Error numbers that Linux, macOS and the BSDs share.
    private const int Enoent = 2;
    private const int Eexist = 17;

    /// <summary>Gives an existing file a second name, atomically, unless that name is taken: link(2). POSIX systems only.</summary>
    public static Link TryLink(string file, string name)
    {
        if (LinkCall(file, name) == 0)
            return Link.Done;
        return Marshal.GetLastPInvokeError() switch
        {
            Eexist => Link.Exists,
            Enoent => Link.NoFolder,
            _ => Link.Unsupported,
        };
    }

    /// <summary>Makes the names in a folder durable: fsync(2) of the folder. Windows has no such call and needs none (NTFS logs names).</summary>
    public static void Folder(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = OpenCall(path, flags: 0);
        if (descriptor < 0)
            return;
        // Some network file systems refuse to sync a folder; nothing more can be done there.
        _ = FsyncCall(descriptor);
        _ = CloseCall(descriptor);
    }

    /// <summary>Makes everything written to the file system of a folder durable at once: syncfs(2). False where the system has no such call.</summary>
    public static bool FileSystemOf(string path)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            var descriptor = OpenCall(path, flags: 0);
            if (descriptor < 0)
                return false;
            var result = SyncfsCall(descriptor);
            _ = CloseCall(descriptor);
            return result == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int LinkCall(string file, string name);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int OpenCall(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FsyncCall(int descriptor);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SyncfsCall(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int CloseCall(int descriptor);
}
