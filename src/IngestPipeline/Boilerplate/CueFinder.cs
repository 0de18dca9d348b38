namespace IngestPipeline.Boilerplate;

/// <summary>Says quickly whether a text holds any of many cues at the start of a word: by a table of the cues' first three letters.</summary>
internal sealed class CueFinder
{
    private const int Start = 3;
    private const int Bits = 12;

    private readonly string[]?[] _byStart = new string[]?[1 << Bits];
    private readonly bool _hasShort;

    /// <summary>Takes the cues.</summary>
    public CueFinder(IEnumerable<string> cues)
    {
        foreach (var group in cues.Distinct(StringComparer.Ordinal).GroupBy(c => c.Length < Start ? -1 : Place(c[0], c[1], c[2])))
        {
            if (group.Key < 0)
                _hasShort = true;
            else
                _byStart[group.Key] = [.. group];
        }
    }

    /// <summary>False when the text holds none of the cues where a word may begin.</summary>
    public bool MayHold(ReadOnlySpan<char> text)
    {
        if (_hasShort)
            return true;

        for (var i = 0; i + Start <= text.Length; i++)
        {
            if (_byStart[Place(text[i], text[i + 1], text[i + 2])] is not { } cues || !CueText.IsBoundary(text, i))
                continue;

            foreach (var cue in cues)
            {
                if (text[i..].StartsWith(cue, StringComparison.Ordinal))
                    return true;
            }
        }

        return false;
    }

    private static int Place(char a, char b, char c) => (int)(((a | ((uint)b << 10)) ^ ((uint)c << 20)) * 2654435761u >> (32 - Bits));
}
