using System.Buffers;

namespace IngestPipeline.Boilerplate;

/// <summary>Finds notes that run on behind a paragraph's last full stop, as a copyright line does where a page has no line breaks.</summary>
internal sealed class TailNotes
{
    // A note is short, its cue stands near the paragraph's end, and a paragraph's worth of text stands before it.
    private const int MaxNote = 160;
    private const int MaxAfterCue = 60;
    private const int MinRest = 60;
    private const int MinPiece = 6;

    private static readonly SearchValues<char> Stops = SearchValues.Create(".!?…。！？।");
    private static readonly SearchValues<char> Closers = SearchValues.Create("\"'”’»)]」』）");

    private readonly (string Cue, BlockRule Rule)[] _cues;

    // A piece of each cue in plain letters, many of which are looked for at once; cues without one are those of other scripts.
    private readonly SearchValues<string> _pieces;

    public TailNotes(IEnumerable<BlockRule> rules)
    {
        _cues = [.. rules.Where(r => r.Match == RuleMatch.Tail).SelectMany(r => r.Cues.Select(c => (c, r)))];
        _pieces = SearchValues.Create(
            [.. _cues.Select(c => PlainPiece(c.Cue)).Where(p => p.Length >= MinPiece).Distinct(StringComparer.Ordinal)], StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The paragraph without the note at its end; null when it has none.</summary>
    public InlineCut? Cut(string text)
    {
        if (text.Length < MinRest)
            return null;

        var start = Math.Max(MinRest, text.Length - MaxNote);
        var tail = text.AsSpan(start);
        if (!HasOtherScript(tail) && !tail.ContainsAny(_pieces))
            return null;

        // The first of them in the text.
        if (_cues.Select(c => (At: text.IndexOf(c.Cue, start, StringComparison.OrdinalIgnoreCase), c.Cue.Length, c.Rule)).Where(c => c.At >= 0).OrderBy(c => c.At).ToList() is not [var cue, ..])
            return null;

        var from = SentenceEnd(text, cue.At);
        return from < start || text.Length - cue.At - cue.Length > MaxAfterCue || !IsNote(text.AsSpan(from, cue.At - from))
            ? null
            : new(text[..from], text[from..].Trim(), cue.Rule);
    }

    // Letters of other scripts, without the quotation marks and dashes that lie between them.
    private static bool HasOtherScript(ReadOnlySpan<char> text) => text.ContainsAnyInRange('\u0370', '\u1FFF') || text.ContainsAnyInRange('\u2E80', '\uFFFF');

    private static string PlainPiece(string cue)
    {
        var (best, start) = ("", 0);
        for (var i = 0; i <= cue.Length; i++)
        {
            if (i < cue.Length && char.IsAscii(cue[i]))
                continue;
            if (i - start > best.Length)
                best = cue[start..i];
            start = i + 1;
        }

        return best;
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
