using IngestPipeline.Extraction.Segmentation;
using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Extraction.Content;

/// <summary>
/// The article's text where the page shows little of it: schema.org's articleBody, or paragraphs in the data of its scripts, from which
/// the page is built in the browser.
/// </summary>
internal static class EmbeddedText
{
    // The shown text must be this much shorter for data to be preferred: an article is shown, data may hold more than it.
    private const int Times = 2;
    private const int MinProse = 500;
    private const int MinScript = 800;
    private const int MaxGap = 40;
    private const int MaxStrings = 4_000;

    // A page that shows more than this shows its article; its scripts may hold many others.
    private const int MaxShown = 900;
    private const int MaxScript = 2 * 1024 * 1024;

    /// <summary>The paragraphs found in data; null where the shown text is as good.</summary>
    /// <param name="scripts">The texts of the page's scripts.</param>
    /// <param name="metadata">What it says of itself.</param>
    /// <param name="shown">The text chosen from what the page shows.</param>
    public static IReadOnlyList<Block>? Find(IEnumerable<ReadOnlyMemory<char>> scripts, ArticleMetadata metadata, IReadOnlyList<Block> shown)
    {
        if (!IsLittle(shown, out var weight))
            return null;

        var body = Paragraphs(metadata.ArticleBody);
        if (IsBetter(body, shown, weight))
            return WithStart(body, shown);

        List<Block>? best = null;
        var all = scripts.ToList();
        foreach (var text in all)
            best = BestOf(text.Span, shown, weight, best);
        if (FlightRows.Read(all) is not var (data, texts))
            return best is null ? null : WithStart(best, shown);

        // What the pieces held that were cut elsewhere than between two texts.
        best = BestOf(data, shown, weight, best);
        foreach (var text in texts)
        {
            if (text.Length < weight * Times || !text.Contains("</p>", StringComparison.OrdinalIgnoreCase))
                continue;

            var found = FromMarkup(text);
            if (IsBest(found, shown, weight, best))
                best = found;
        }

        return best is null ? null : WithStart(best, shown);
    }

    private static List<Block>? BestOf(ReadOnlySpan<char> script, IReadOnlyList<Block> shown, int weight, List<Block>? best)
    {
        if (script.Length is < MinScript or > MaxScript || script.Length < weight * Times)
            return best;

        foreach (var found in FromScript(script))
        {
            if (IsBest(found, shown, weight, best))
                best = found;
        }

        // Of a text in pieces the long ones were found: it must have nearly all of what was.
        foreach (var found in RichText.Read(script))
        {
            if (IsBetter(found, shown, weight) && (best is null || ProseWeight(found) * 10L >= ProseWeight(best) * 9L))
                best = found;
        }

        return best;
    }

    private static bool IsBest(List<Block> found, IReadOnlyList<Block> shown, int weight, List<Block>? best) =>
        IsBetter(found, shown, weight) && (best is null || ProseWeight(found) > ProseWeight(best));

    /// <summary>True when text from elsewhere in the page takes the place of what it shows: much longer, and going on from it.</summary>
    public static bool Replaces(IReadOnlyList<Block> found, IReadOnlyList<Block> shown) =>
        IsLittle(shown, out var weight) && IsBetter(found, shown, weight);

    /// <summary>True when a page shows so little that its text may stand elsewhere in it.</summary>
    public static bool IsLittle(IReadOnlyList<Block> shown) => IsLittle(shown, out _);

    private static bool IsLittle(IReadOnlyList<Block> shown, out int weight)
    {
        weight = 0;
        for (var i = 0; i < shown.Count && weight <= MaxShown; i++)
            weight += shown[i].InText ? Prose.Weight(shown[i].Text) : 0;
        return weight <= MaxShown;
    }

    /// <summary>Short lines before the first paragraph are shown, and look like no text in the data.</summary>
    private static List<Block> WithStart(List<Block> found, IReadOnlyList<Block> shown)
    {
        var start = shown.TakeWhile(b => !(b.InText && Prose.IsProse(b.Text, 0))).Where(b => b.InText).ToList();
        return start.Count == shown.Count(b => b.InText) || start.Exists(b => found.Exists(f => f.Text.Contains(b.Text, StringComparison.Ordinal)))
            ? found
            : [.. start, .. found];
    }

    private static bool IsBetter(IReadOnlyList<Block> found, IReadOnlyList<Block> shown, int weight)
    {
        var prose = ProseWeight(found);
        if (prose < MinProse || prose < weight * Times)
            return false;

        // Where the page shows a start, the data must go on from it: else it is another article.
        var start = shown.FirstOrDefault(b => b.InText && Prose.IsProse(b.Text, 0));
        if (start is null)
            return true;

        var key = PageHints.Squeeze(start.Text);
        key = key[..Math.Min(key.Length, 60)];
        return found.Any(b => PageHints.Squeeze(b.Text).Contains(key, StringComparison.Ordinal));
    }

    private static int ProseWeight(IReadOnlyList<Block> blocks) => blocks.Where(b => Prose.IsProse(b.Text, 0)).Sum(b => Prose.Weight(b.Text));

    private static List<Block> Paragraphs(string? text) =>
        string.IsNullOrEmpty(text) ? [] : text.Contains("</p>", StringComparison.OrdinalIgnoreCase) ? FromMarkup(text) : PlainTextReader.Read(text);

    /// <summary>The runs of paragraphs in a script; many short strings between two paragraphs part two articles.</summary>
    private static List<List<Block>> FromScript(ReadOnlySpan<char> script)
    {
        var runs = FromScript(script, '"');
        return runs.Exists(r => ProseWeight(r) >= MinProse) ? runs : FromScript(script, '\'');
    }

    private static List<List<Block>> FromScript(ReadOnlySpan<char> script, char quote)
    {
        var (runs, seen) = (new List<List<Block>>(), new HashSet<string>(StringComparer.Ordinal));
        var (last, parsed) = (int.MinValue / 2, 0);
        foreach (var (value, ordinal) in JsonStrings.Read(script, quote))
        {
            if (++parsed > MaxStrings)
                break;
            if (value.Length == 0)
                continue;

            foreach (var block in value.Contains("</p>", StringComparison.OrdinalIgnoreCase) ? FromMarkup(value) : [new(BlockKind.Paragraph, TextFolder.Fold(value))])
            {
                if (!Prose.IsProse(block.Text, 0)
                    || block.Text.AsSpan().IndexOfAny("{}<>") >= 0
                    || !block.Text.Contains(' ', StringComparison.Ordinal)
                    || IsAddresses(block.Text)
                    || !seen.Add(block.Text))
                    continue;

                if (ordinal - last > MaxGap)
                    runs.Add([]);
                runs[^1].Add(block);
                last = ordinal;
            }
        }

        return runs;
    }

    // A picture's addresses in several widths (srcset) are as long as a paragraph, and have spaces and commas too.
    private static bool IsAddresses(string text) =>
        text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    private static List<Block> FromMarkup(string markup)
    {
        if (HtmlPreScan.Refuse(markup) is not null)
            return [];

        using var document = TreeParser.Parse(markup);
        var layout = PageSegmenter.Segment(document);
        return [.. BlockAssembler.Assemble(layout, [.. layout.Blocks.Select(b => b.Index)]).Select(b => b.Block)];
    }
}
