using IngestPipeline.Deduplication;

namespace IngestPipeline.Cli.Comparing;

/// <summary>A stretch of a text: inside a shared passage, or between two.</summary>
/// <param name="Text">The characters.</param>
/// <param name="Passage">The passage's number, from 1; 0 outside of passages.</param>
internal readonly record struct MarkedText(string Text, int Passage)
{
    /// <summary>Cuts a text at the borders of its passages, in the order of the text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="passages">The passages by the number they are shown with, less one.</param>
    /// <param name="isOther">True for the second article's places.</param>
    public static IReadOnlyList<MarkedText> Cut(string text, SharedPassages passages, bool isOther)
    {
        var pieces = new List<MarkedText>();
        var done = 0;
        var ordered = passages.Select((p, i) => (Start: isOther ? p.OtherStart : p.Start, Length: isOther ? p.OtherLength : p.Length, Number: i + 1)).OrderBy(p => p.Start);
        foreach (var (start, length, number) in ordered)
        {
            // In the second text passages may repeat or overlap: the first of them is marked.
            var from = Math.Max(start, done);
            var end = start + length;
            if (end <= from)
                continue;
            if (from > done)
                pieces.Add(new(text[done..from], 0));
            pieces.Add(new(text[from..end], number));
            done = end;
        }

        if (done < text.Length)
            pieces.Add(new(text[done..], 0));
        return pieces;
    }
}
