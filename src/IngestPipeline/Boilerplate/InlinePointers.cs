using System.Buffers;

namespace IngestPipeline.Boilerplate;

/// <summary>Finds pointers inside paragraphs: "(Also read: …)" in brackets, or "Also read: …" behind the last full stop.</summary>
internal sealed class InlinePointers
{
    private const int MaxPointer = 220;
    private const int MaxText = 20_000;

    // What follows a cue; most paragraphs hold none of these, and looking for signs is cheap.
    private static readonly SearchValues<char> Signs = SearchValues.Create(":|：>»→");

    private readonly (string Cue, BlockRule Rule)[] _cues;

    public InlinePointers(IEnumerable<BlockRule> rules) =>
        _cues = [.. rules.Where(r => r.Match == RuleMatch.Inline).SelectMany(r => r.Cues.Select(c => (c, r)))];

    /// <summary>The paragraph without its first pointer; null when it has none.</summary>
    public InlineCut? Cut(string text)
    {
        if (text.Length is < 40 or > MaxText || !HasCue(text))
            return null;

        foreach (var (cue, rule) in _cues)
        {
            for (var at = text.IndexOf(cue, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(cue, at + 1, StringComparison.OrdinalIgnoreCase))
            {
                if (Span(text, at, cue.Length) is not var (from, to))
                    continue;

                var remains = string.Concat(text.AsSpan(0, from).TrimEnd(), to < text.Length && from > 0 ? " " : "", text.AsSpan(to).TrimStart());
                if (remains.Length > 20)
                    return new(remains, text[from..to].Trim(), rule);
            }
        }

        return null;
    }

    /// <summary>True when any of the signs follows any of the cues.</summary>
    private bool HasCue(ReadOnlySpan<char> text)
    {
        for (var from = 0; text[from..].IndexOfAny(Signs) is var at and >= 0; from += at + 1)
        {
            var before = text[..(from + at)].TrimEnd();
            foreach (var (cue, _) in _cues)
            {
                if (before.EndsWith(cue, StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }

        return false;
    }

    private static (int From, int To)? Span(string text, int at, int length)
    {
        var behind = text.AsSpan(at + length).TrimStart();
        if (behind.IsEmpty || behind[0] is not (':' or '|' or '：' or '>' or '»' or '→'))
            return null;

        var before = at - 1;
        while (before >= 0 && text[before] == ' ')
            before--;
        if (before < 0)
            return null;

        if (text[before] is '(' or '[' or '【' or '（')
        {
            var close = text.IndexOf(text[before] switch { '(' => ')', '[' => ']', '【' => '】', _ => '）' }, at, Math.Min(MaxPointer, text.Length - at));
            return close > 0 ? (before, close + 1) : null;
        }

        // Behind a full stop the pointer runs to the end; a stop inside it means that the report goes on.
        if (text.Length - at > MaxPointer || text[before] is not ('.' or '!' or '?' or '"' or '”' or '»' or '।' or '。'))
            return null;

        var rest = text.AsSpan(at);
        return rest[^1] != '.' && rest.IndexOf(". ") < 0 ? (at, text.Length) : null;
    }
}
