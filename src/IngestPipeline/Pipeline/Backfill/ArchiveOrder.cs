namespace IngestPipeline.Pipeline.Backfill;

/// <summary>The order in which a folder is scanned: a folder's own files before its folders, both by name. A store lists by whole names instead.</summary>
internal sealed class ArchiveOrder : IComparer<string>
{
    public static readonly ArchiveOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        for (var at = 0; ;)
        {
            var (first, second) = (x.IndexOf('/', at), y.IndexOf('/', at));
            if (first < 0 || second < 0)
                return first < 0 && second < 0 ? string.CompareOrdinal(x, at, y, at, int.MaxValue) : first < 0 ? -1 : 1;
            var names = x.AsSpan(at, first - at).SequenceCompareTo(y.AsSpan(at, second - at));
            if (names != 0)
                return names;
            at = first + 1;
        }
    }
}
