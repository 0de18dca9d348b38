using IngestPipeline.Extraction.Metadata;
using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction;

/// <summary>The headline of a page that was copied as plain text.</summary>
/// <param name="Line">Its line.</param>
/// <param name="Text">What it says.</param>
internal sealed record PlainTextHead(int Line, string Text)
{
    // Between headline and text stand a standfirst, bylines, dates, a picture's caption and buttons for sharing.
    private const int MaxAbove = 40;
    private const int MinLength = 10;
    private const int MaxLength = 200;
    private const int Paragraphs = 12;

    // Fewer words of some length come again by chance.
    private const int Sure = 4;
    private const int MinShare = 150;

    private const string Ends = ".:;,…。、।؟،";

    /// <summary>
    /// Finds the headline: of the lines above the text, the one that looks most like it. Weights were learned from the titles of the copied development pages
    /// (MODEL.md).
    /// </summary>
    /// <param name="layout">The text, laid out.</param>
    /// <param name="kept">The lines that the block model keeps, ascending.</param>
    public static PlainTextHead? Find(TextLayout layout, List<int> kept)
    {
        var lines = layout.Page.Blocks;
        var paragraphs = kept.FindAll(k => Prose.IsProse(lines[k]) && (IsSentence(lines[k].Text) || lines[k].Text.Length > MaxLength));
        if (paragraphs.Count == 0)
            return null;

        var (start, first) = (paragraphs[0], Words(lines[paragraphs[0]].Text).ToHashSet(StringComparer.Ordinal));
        var body = paragraphs.Take(Paragraphs).SelectMany(k => Words(lines[k].Text)).ToHashSet(StringComparer.Ordinal);
        PlainTextHead? best = null;
        var (most, before) = (int.MinValue, 0);
        for (var i = Math.Max(0, start - MaxAbove); i < start; i++)
        {
            var text = lines[i].Text;
            if (layout.Rules[i] is not null || text.Length is < MinLength or > MaxLength || Ends.Contains(text[^1]))
                continue;

            var words = Words(text).ToHashSet(StringComparer.Ordinal);
            if (words.Count < 2)
                continue;

            var (shared, isAgain) = (Share(words, body), words.Count >= Sure && IsAgain(lines, i));
            if (shared < MinShare && !isAgain)
                continue;

            var score = Score(text, words.Count, shared, Share(words, first), isAgain, before) - (3_270 * (start - i) / MaxAbove)
                + (IsAlone(layout, lines[i]) ? 2_650 : 0);
            if (words.Count >= Sure)
                before = Math.Max(before, shared);
            if (score > most)
                (best, most) = (new(i, text), score);
        }

        return best;
    }

    // Whole numbers, so that every machine chooses alike; shares in 1/1,000.
    private static int Score(string text, int words, int shared, int sharedFirst, bool isAgain, int before) =>
        ((2_320 * shared) + (1_170 * sharedFirst) + (2_210 * shared * Math.Min(words, 8) / 8) - (2_320 * before)) / 1_000
            + (740 * Math.Min(words, 8) / 8) - (980 * Math.Min(words, 16) / 16) + (isAgain ? 1_250 : 0)
            - (text.AsSpan().IndexOfAny("|»›>") >= 0 ? 790 : 0) - (text.Length > 120 ? 1_990 : 0) - (text.Length < 25 ? 840 : 0);

    private static int Share(HashSet<string> words, HashSet<string> others) => words.Count(others.Contains) * 1_000 / words.Count;

    // Title bars and counts of comments say a headline once more.
    private static bool IsAgain(List<PageBlock> lines, int i) =>
        lines.Exists(b => b.Index != i && b.Text.Length < lines[i].Text.Length + 60 && b.Text.Contains(lines[i].Text, StringComparison.OrdinalIgnoreCase));

    private static bool IsAlone(TextLayout layout, PageBlock line) => layout.Page.Parent(line.Node)?.Tag != TagKind.Div;

    private static bool IsSentence(string text) =>
        text.AsSpan().TrimEnd("\"'”’»)]」』） ") is [.., '.' or '!' or '?' or '…' or '。' or '！' or '？' or '।' or '۔' or ':'];

    // Words of some length; of scripts without blanks, pairs of characters.
    private static IEnumerable<string> Words(string text)
    {
        var key = TextKey.Of(text);
        var start = -1;
        for (var i = 0; i <= key.Length; i++)
        {
            if (i < key.Length && Prose.IsSpaceless(key[i]))
            {
                if (i + 1 < key.Length && Prose.IsSpaceless(key[i + 1]))
                    yield return key.Substring(i, 2);
                start = -1;
            }
            else if (i < key.Length && char.IsLetterOrDigit(key[i]))
            {
                start = start < 0 ? i : start;
            }
            else if (start >= 0)
            {
                // Endings differ in many languages: a word's beginning tells it.
                if (i - start >= 4)
                    yield return key[start..Math.Min(i, start + 6)];
                start = -1;
            }
        }
    }
}
