using System.Buffers;
using System.Text;

namespace IngestPipeline.Boilerplate;

/// <summary>Finds notes that run on behind a paragraph's last full stop, as a copyright line does where a page has no line breaks.</summary>
internal sealed class TailNotes
{
    // A note is short, its cue stands near the paragraph's end, and a paragraph's worth of text stands before it.
    private const int MaxNote = 160;
    private const int MaxAfterCue = 60;
    private const int MinRest = 60;

    private static readonly SearchValues<char> Stops = SearchValues.Create(".!?…。！？।");
    private static readonly SearchValues<char> Closers = SearchValues.Create("\"'”’»)]」』）");

    private readonly (string Cue, BlockRule Rule)[] _cues;

    // What a text must hold for any of them: looked for by comparing many at once, which the framework does for plain letters in any case and for others as they are.
    private readonly SearchValues<string> _plain;
    private readonly SearchValues<string> _other;

    public TailNotes(IEnumerable<BlockRule> rules)
    {
        _cues = [.. rules.Where(r => r.Match == RuleMatch.Tail).SelectMany(r => r.Cues.Select(c => (c, r)))];
        var plain = _cues.ToLookup(c => Ascii.IsValid(c.Cue), c => c.Cue);
        _plain = SearchValues.Create([.. plain[true]], StringComparison.OrdinalIgnoreCase);
        _other = SearchValues.Create([.. plain[false].Select(c => c[1..])], StringComparison.Ordinal);
    }

    /// <summary>The paragraph without the note at its end; null when it has none.</summary>
    public InlineCut? Cut(string text)
    {
        if (text.Length < MinRest)
            return null;

        var start = Math.Max(MinRest, text.Length - MaxNote);
        if (!text.AsSpan(start).ContainsAny(_plain) && !text.AsSpan(start).ContainsAny(_other))
            return null;

        var (at, cue, rule) = _cues.Select(c => (text.IndexOf(c.Cue, start, StringComparison.OrdinalIgnoreCase), c.Cue, c.Rule)).Where(c => c.Item1 >= 0).DefaultIfEmpty((-1, "", null!)).MinBy(c => c.Item1);
        if (at < 0)
            return null;

        var from = SentenceEnd(text, at);
        return from < start || text.Length - at - cue.Length > MaxAfterCue || !IsNote(text.AsSpan(from, at - from)) ? null : new(text[..from], text[from..].Trim(), rule);
    }

    /// <summary>True when what stands between the last sentence and the cue makes no sentence of it: nothing, or a sign of copyright.</summary>
    private static bool IsNote(ReadOnlySpan<char> lead) => lead.IndexOfAny("©ⓒ®") >= 0 || !lead.ToString().Any(char.IsLetter);

    /// <summary>The place behind the last sentence that ends before a place; −1 when none does.</summary>
    private static int SentenceEnd(string text, int before)
    {
        for (var at = text.AsSpan(0, before).LastIndexOfAny(Stops); at >= 0; at = text.AsSpan(0, at).LastIndexOfAny(Stops))
        {
            var end = at + 1;
            while (end < before && Closers.Contains(text[end]))
                end++;
            // "22.07" and "S.p.A." end nothing; scripts without spaces need none.
            if (end == before || char.IsWhiteSpace(text[end]) && (at < 2 || char.IsLetterOrDigit(text[at - 2]) || end > at + 1) || text[at] > '\u2FFF')
                return end;
        }

        return -1;
    }
}
