using System.Globalization;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Deduplication;

namespace IngestPipeline.Cli.Comparing;

/// <summary>A comparison for the terminal: the decision, the evidence, and both texts in two columns with the shared passages marked.</summary>
internal static class ComparisonText
{
    private const string Gap = " │ ";

    // Colours of passages in turn; a passage has the same number and colour on both sides.
    private static readonly string[] Colours = ["36", "33", "32", "35", "34", "31"];

    public static void Write(TextWriter output, ArticleComparison comparison, bool coloured, int width)
    {
        output.WriteLine(ComparisonSummary.Decision(comparison));
        foreach (var line in ComparisonSummary.Evidence(comparison))
            output.WriteLine(ControlText.Clean(line));
        output.WriteLine();

        var column = (width - Gap.Length) / 2;
        var left = Column("A", comparison.A, comparison.Passages, isOther: false, coloured, column);
        var right = Column("B", comparison.B, comparison.Passages, isOther: true, coloured, column);
        for (var i = 0; i < Math.Max(left.Count, right.Count); i++)
        {
            var (text, length) = i < left.Count ? left[i] : ("", 0);
            var other = i < right.Count ? right[i].Text : "";
            output.WriteLine((text + new string(' ', column - length) + Gap + other).TrimEnd());
        }
    }

    private static List<(string Text, int Length)> Column(string name, CopyDocument article, SharedPassages passages, bool isOther, bool coloured, int width)
    {
        var lines = new ColumnLines(width);
        foreach (var word in Words(ControlText.Clean($"{name}: {(article.Title.Length > 0 ? article.Title : "(no headline)")}")))
            lines.Add(word, coloured ? "1" : null);
        lines.Break();
        foreach (var word in Words(ControlText.Clean(ComparisonSummary.Heading(article))))
            lines.Add(word, coloured ? "2" : null);
        lines.Break();
        lines.Break();
        foreach (var piece in MarkedText.Cut(article.Text, passages, isOther))
            Add(lines, piece, coloured);
        return lines.Finish();
    }

    private static void Add(ColumnLines lines, MarkedText piece, bool coloured)
    {
        var colour = piece.Passage == 0 || !coloured ? null : Colours[(piece.Passage - 1) % Colours.Length];
        if (piece.Passage > 0)
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"[{piece.Passage}"), colour);
        foreach (var (paragraph, i) in piece.Text.Split('\n').Select((p, i) => (p, i)))
        {
            if (i > 0)
                lines.Break();
            var isGlued = i == 0 && piece.Passage == 0 && paragraph.Length > 0 && !char.IsWhiteSpace(paragraph[0]);
            foreach (var word in Words(ControlText.Clean(paragraph)))
            {
                lines.Add(word, colour, isGlued);
                isGlued = false;
            }
        }

        if (piece.Passage > 0)
            lines.Add("]", colour, isGlued: true);
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Fills lines of a width with words; a word's colour does not count.</summary>
    private sealed class ColumnLines(int width)
    {
        private readonly List<(string Text, int Length)> _lines = [];
        private readonly System.Text.StringBuilder _line = new();
        private int _length;

        // A glued word follows the one before without a space: a passage's end mark, the full stop behind it.
        public void Add(string word, string? colour, bool isGlued = false)
        {
            for (; word.Length > width; word = word[width..])
            {
                Break();
                Append(word[..width], colour);
            }

            var space = isGlued ? 0 : 1;
            if (_length > 0 && _length + space + word.Length > width)
                Break();
            if (_length > 0 && !isGlued)
            {
                _line.Append(' ');
                _length++;
            }

            Append(word, colour);
        }

        public void Break()
        {
            _lines.Add((_line.ToString(), _length));
            _line.Clear();
            _length = 0;
        }

        public List<(string Text, int Length)> Finish()
        {
            if (_length > 0)
                Break();
            return _lines;
        }

        private void Append(string word, string? colour)
        {
            if (colour is null)
                _line.Append(word);
            else
                _line.Append("\u001b[").Append(colour).Append('m').Append(word).Append("\u001b[0m");
            _length += word.Length;
        }
    }
}
