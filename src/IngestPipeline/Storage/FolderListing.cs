using System.IO.Enumeration;

namespace IngestPipeline.Storage;

/// <summary>Walks a store's folders so that full names come in ordinal order, one folder's entries in memory at a time.</summary>
internal static class FolderListing
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    public static IEnumerable<BlobItem> Walk(string root, string prefix)
    {
        var cut = prefix.LastIndexOf('/') + 1;
        var folder = prefix[..cut];
        var path = cut == 0 ? root : Path.Combine(root, folder.TrimEnd('/').Replace('/', Path.DirectorySeparatorChar));
        return Walk(path, folder, prefix[cut..]);
    }

    private static IEnumerable<BlobItem> Walk(string path, string folder, string start)
    {
        foreach (var entry in Entries(path, start))
        {
            if (!entry.IsFolder)
            {
                yield return new(folder + entry.Key, entry.Length);
                continue;
            }
            foreach (var item in Walk(Path.Combine(path, entry.Key[..^1]), folder + entry.Key, ""))
                yield return item;
        }
    }

    // A folder sorts by its name with the "/" that follows it in full names: "a-b", "a.b" come before "a/b", "a0" after it.
    private static List<Entry> Entries(string path, string start)
    {
        var entries = new List<Entry>();
        if (!Directory.Exists(path))
            return entries;
        try
        {
            var found = new FileSystemEnumerable<Entry>(
                path,
                (ref FileSystemEntry e) => e.IsDirectory ? new($"{e.FileName}/", true, 0) : new(e.FileName.ToString(), false, e.Length),
                Everything)
            {
                // What is no blob name is not ours: temporary files, the lock, what a user put there.
                ShouldIncludePredicate = (ref FileSystemEntry e) =>
                    e.FileName.StartsWith(start, StringComparison.Ordinal) && BlobName.IsValidSegment(e.FileName),
            };
            entries.AddRange(found);
        }
        catch (DirectoryNotFoundException)
        {
            return entries;
        }
        entries.Sort((a, b) => string.CompareOrdinal(a.Key, b.Key));
        return entries;
    }

    private readonly record struct Entry(string Key, bool IsFolder, long Length);
}
