namespace IngestPipeline.Deduplication;

/// <summary>Finds the passages that two texts share, for evidence and for showing them side by side.</summary>
internal sealed class PassageFinder
{
    private readonly ShingleMatcher _matcher = new();
    private readonly List<(int Start, int End, int Shift)> _shingleRuns = [];
    private readonly List<(int Start, int Other, int Tokens)> _runs = [];
    private int[] _starts = [];
    private int[] _ends = [];
    private int[] _otherStarts = [];
    private int[] _otherEnds = [];

    /// <summary>The shared passages of one text with another in the order of the text, at most so many: the longest.</summary>
    public SharedPassages Find(Fingerprint print, Fingerprint other, int most = int.MaxValue)
    {
        Collect(print, other);
        if (_runs.Count > most)
        {
            // Of equal length the earlier.
            _runs.Sort((x, y) => y.Tokens.CompareTo(x.Tokens) is not 0 and var byLength ? byLength : x.Start.CompareTo(y.Start));
            _runs.RemoveRange(most, _runs.Count - most);
            _runs.Sort((x, y) => x.Start.CompareTo(y.Start));
        }

        if (_runs.Count == 0)
            return SharedPassages.None;
        var (last, lastOther) = (0, 0);
        foreach (var (start, otherStart, tokens) in _runs)
            (last, lastOther) = (Math.Max(last, start + tokens), Math.Max(lastOther, otherStart + tokens));
        Read(print, last, ref _starts, ref _ends);
        Read(other, lastOther, ref _otherStarts, ref _otherEnds);
        var passages = new SharedPassage[_runs.Count];
        for (var i = 0; i < passages.Length; i++)
        {
            var (start, otherStart, tokens) = _runs[i];
            var (from, otherFrom) = (_starts[start], _otherStarts[otherStart]);
            passages[i] = new(from, _ends[start + tokens - 1] - from, otherFrom, _otherEnds[otherStart + tokens - 1] - otherFrom);
        }

        return SharedPassages.Create(passages);
    }

    private static void Read(Fingerprint print, int count, ref int[] starts, ref int[] ends)
    {
        if (starts.Length < count)
            (starts, ends) = (new int[count * 2], new int[count * 2]);
        print.Text.Places.CopyTo(starts.AsSpan(0, count), ends);
    }

    // Runs of shingles that follow each other in both texts, as runs of tokens that do not overlap in the first text.
    private void Collect(Fingerprint print, Fingerprint other)
    {
        _runs.Clear();
        _shingleRuns.Clear();
        var map = _matcher.Match(print, other).A.Span;
        for (var i = 0; i < map.Length;)
        {
            if (map[i] < 0)
            {
                i++;
                continue;
            }

            var (start, shift) = (i, map[i] - i);
            do
                i++;
            while (i < map.Length && GoesOn(print, other, i, i + shift));
            AddRun(print, other, start, i, shift);
        }

        var least = Math.Min(Shingles.Size, Math.Min(print.Text.Count, other.Text.Count));
        foreach (var (start, end, shift) in _shingleRuns)
        {
            var from = FreeFrom(start, print.Text);
            var length = Math.Min(Math.Min(end - 1 + Shingles.Size, print.Text.Count) - from, other.Text.Count - (from + shift));
            // A word or two that the passage before has left over are no passage.
            if (length < least)
                continue;
            if (_runs.Count > 0 && _runs[^1] is var last && last.Start + last.Tokens > from)
                _runs[^1] = last with { Tokens = from - last.Start };
            _runs.Add((from, from + shift, length));
        }

        for (var i = 1; i < _runs.Count; i++)
            Part(i, other.Text);
        _runs.RemoveAll(run => run.Tokens < least);
    }

    // The map names the first place of a shingle; where a phrase stands twice, the other text may go on all the same.
    private static bool GoesOn(Fingerprint print, Fingerprint other, int at, int otherAt) =>
        otherAt >= 0 && otherAt < other.ShingleCount && ShingleAt(print.Text, at).SequenceEqual(ShingleAt(other.Text, otherAt));

    private static ReadOnlySpan<uint> ShingleAt(TokenizedText text, int at) => text.Hashes.Slice(at, Math.Min(Shingles.Size, text.Count));

    // For the same reason a run may have begun before: it takes the place of those that it covers.
    private void AddRun(Fingerprint print, Fingerprint other, int start, int end, int shift)
    {
        var before = start;
        while (_shingleRuns.Count > 0 && _shingleRuns[^1] is var last && last.End == before)
        {
            while (before > last.Start && GoesOn(print, other, before - 1, before - 1 + shift))
                before--;
            if (before > last.Start)
                break;
            start = before;
            _shingleRuns.RemoveAt(_shingleRuns.Count - 1);
        }

        _shingleRuns.Add((start, end, shift));
    }

    // Where one text has something inserted, the words on both sides of it may be the same: the other text has them once, and both runs claim them.
    // They go to the run in whose sentence they stand, so that a passage does not end with the first word of the next sentence.
    private int FreeFrom(int start, TokenizedText text)
    {
        if (_runs.Count == 0 || _runs[^1] is var last && last.Start + last.Tokens <= start)
            return start;
        return start > last.Start ? Border(text.Kinds, start, last.Start + last.Tokens) : last.Start + last.Tokens;
    }

    // As above, where it is the other text that has them once.
    private void Part(int i, TokenizedText other)
    {
        var ((start, otherStart, tokens), (nextStart, nextOther, nextTokens)) = (_runs[i - 1], _runs[i]);
        var end = otherStart + tokens;
        if (nextOther <= otherStart || nextOther >= end || nextOther + nextTokens <= end)
            return;
        var border = Border(other.Kinds, nextOther, end);
        _runs[i - 1] = (start, otherStart, border - otherStart);
        _runs[i] = (nextStart + border - nextOther, border, nextTokens - (border - nextOther));
    }

    // Where the first sentence begins among words that two runs claim; else their end.
    private static int Border(ReadOnlySpan<TokenKinds> kinds, int start, int end)
    {
        for (var t = start; t < end; t++)
        {
            if ((kinds[t] & TokenKinds.SentenceStart) != TokenKinds.None)
                return t;
        }

        return end;
    }
}
