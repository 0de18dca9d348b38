namespace IngestPipeline;

/// <summary>
/// FNV-1a in 64 bits (Fowler, Noll and Vo; draft-eastlake-fnv): a hash that is made letter by letter while something is read, and is the same in every
/// process. For tables and stored keys, never against somebody who wants two inputs to meet.
/// </summary>
internal static class Fnv1a
{
    /// <summary>The hash of nothing.</summary>
    public const ulong Basis = 14695981039346656037;

    /// <summary>What each step multiplies by.</summary>
    public const ulong Prime = 1099511628211;

    /// <summary>The hash of what <paramref name="hash"/> stands for and one value more: a byte, a letter, or another hash.</summary>
    public static ulong Add(ulong hash, ulong value) => (hash ^ value) * Prime;

    /// <summary>The hash of a text, one UTF-16 unit a step.</summary>
    public static ulong Of(ReadOnlySpan<char> text, ulong hash = Basis)
    {
        foreach (var c in text)
            hash = Add(hash, c);
        return hash;
    }

    /// <summary>The hash of bytes.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var hash = Basis;
        foreach (var b in bytes)
            hash = Add(hash, b);
        return hash;
    }
}
