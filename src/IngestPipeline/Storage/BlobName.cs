namespace IngestPipeline.Storage;

/// <summary>
/// The names that every store takes alike: segments of ASCII letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, parted by "/". A segment
/// neither begins nor ends with a dot (that keeps out <c>.</c>, <c>..</c>, our own temporary files and names that Windows trims) and is
/// no device name of Windows. Stricter than each store alone, so that no two names ever meet in one place.
/// </summary>
internal static class BlobName
{
    /// <summary>Longest name: under Azure's 1,024 characters and, with a folder before it, under the path limits of the systems.</summary>
    public const int MaxLength = 512;

    /// <summary>Longest segment: under the 255 bytes of the common file systems.</summary>
    private const int MaxSegmentLength = 200;

    private static readonly string[] Devices =
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(0, 10).SelectMany(n => new[] { $"COM{n}", $"LPT{n}" })];

    /// <summary>Throws for a name that no caller may use: such a name is a bug, never input.</summary>
    /// <exception cref="ArgumentException">The name is not valid.</exception>
    public static void Check(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!IsValid(name))
            throw new ArgumentException($"Not a blob name: \"{Printable(name)}\".", nameof(name));
    }

    /// <summary>Throws for a prefix that can begin no name; the empty prefix names everything.</summary>
    /// <exception cref="ArgumentException">The prefix is not valid.</exception>
    public static void CheckPrefix(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        var folder = prefix.LastIndexOf('/');
        var valid = prefix.Length <= MaxLength
            && (folder < 0 || IsValid(prefix[..folder]))
            && prefix.AsSpan(folder + 1) is var rest && (rest.IsEmpty || (rest[0] != '.' && AllAllowed(rest)));
        if (!valid)
            throw new ArgumentException($"Not a prefix of blob names: \"{Printable(prefix)}\".", nameof(prefix));
    }

    public static bool IsValid(string name)
    {
        if (name.Length is 0 or > MaxLength)
            return false;
        foreach (var segment in name.AsSpan().Split('/'))
        {
            if (!IsValidSegment(name.AsSpan()[segment]))
                return false;
        }
        return true;
    }

    public static bool IsValidSegment(ReadOnlySpan<char> segment)
    {
        if (segment.Length is 0 or > MaxSegmentLength || segment[0] == '.' || segment[^1] == '.' || !AllAllowed(segment))
            return false;
        var dot = segment.IndexOf('.');
        var stem = dot < 0 ? segment : segment[..dot];
        if (stem.Length is < 3 or > 4)
            return true;
        foreach (var device in Devices)
        {
            if (stem.Equals(device, StringComparison.OrdinalIgnoreCase))
                return false;
        }
        return true;
    }

    private static bool AllAllowed(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
                return false;
        }
        return true;
    }

    private static string Printable(string text) =>
        string.Concat(text.Take(80).Select(c => c is >= ' ' and <= '~' ? c.ToString() : $"\\u{(int)c:x4}"));
}
