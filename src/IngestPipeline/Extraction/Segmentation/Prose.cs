namespace IngestPipeline.Extraction.Segmentation;

/// <summary>Tells running text from labels: the one measure that candidates, features and outcomes share.</summary>
internal static class Prose
{
    private const int MinWeight = 80;
    private const int MinSentence = 30;

    private const string Stops = ".!?…。！？।॥؟۔።፧։။។";
    private const string Closers = " \"'”’»)]」』）";

    /// <summary>True for a block that reads like a paragraph: long enough, mostly outside links, with a sentence's marks.</summary>
    public static bool IsProse(PageBlock block) => IsProse(block.Text, block.LinkChars);

    /// <summary>True for text that reads like a paragraph.</summary>
    public static bool IsProse(string text, int linkChars) =>
        linkChars * 3 < text.Length && (text.Length >= MinWeight || Weight(text) >= MinWeight) && text.AsSpan().IndexOfAny(Marks) >= 0;

    /// <summary>True for a line that is long, or a sentence with its full stop: a menu has neither, however many lines it has.</summary>
    public static bool IsRunning(string text) =>
        Weight(text) is var weight
            && (weight >= MinWeight || (weight >= MinSentence && text.AsSpan().TrimEnd(Closers) is [.., var last] && Stops.Contains(last)));

    /// <summary>The text's length; a character of a script without spaces says as much as three letters.</summary>
    public static int Weight(ReadOnlySpan<char> text)
    {
        var weight = text.Length;
        if (System.Text.Ascii.IsValid(text))
            return weight;

        foreach (var c in text)
        {
            if (IsSpaceless(c))
                weight += 2;
        }

        return weight;
    }

    /// <summary>True for scripts that write no spaces between words: kana, Han, Thai, Lao, Khmer, Burmese.</summary>
    public static bool IsSpaceless(char c) => c is (>= '\u0E00' and <= '\u0EFF') or (>= '\u1000' and <= '\u109F') or (>= '\u1780' and <= '\u17FF')
        or (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF');

    private static readonly System.Buffers.SearchValues<char> Marks = System.Buffers.SearchValues.Create(".,;:!?…。、，！？؟،۔।॥።፣፤፧։၊။។");
}
