namespace IngestPipeline.Boilerplate;

/// <summary>A set of characters: those of ASCII one by one, all others together.</summary>
internal sealed record PatternStart(bool[] Ascii, bool Other)
{
    /// <summary>Characters from here on are the others.</summary>
    public const int Limit = 128;

    /// <summary>The characters that pass a test.</summary>
    public static PatternStart Of(Func<char, bool> test, bool other) => new([.. Enumerable.Range(0, Limit).Select(c => test((char)c))], other);

    /// <summary>The characters of both; null is any.</summary>
    public static PatternStart? Join(PatternStart? a, PatternStart? b) =>
        a is null || b is null ? null : new([.. a.Ascii.Zip(b.Ascii, (x, y) => x || y)], a.Other || b.Other);
}
