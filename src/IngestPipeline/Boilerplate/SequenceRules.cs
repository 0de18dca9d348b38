using System.Buffers;
using IngestPipeline.Extraction;
using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Boilerplate;

/// <summary>What only a block's neighbours give away: titles under "Recent News", the text of an embedded post, the rest of an appeal.</summary>
internal static class SequenceRules
{
    private const int MaxTitle = 160;
    private const int MaxPost = 420;
    private const int MinRepeat = 40;
    private const int MinHeld = 3;
    private const int MinQuestions = 2;
    private const int MaxCompared = 1_500;

    // Rows of a table say the same of many things; what parts their cells tells them apart in plain text too.
    private const string Bar = " | ";

    private const string Quotes = "\"“”„«»‘’'…. ";

    private static readonly SearchValues<string> AppealWords = SearchValues.Create(
        ["journalism", "our work", "our reporting", "our newsroom", "our readers", "our community", "support", "donat", "membership", "subscri", "journalismus", "spende", "journalisme", "periodismo", "jornalismo", "giornalismo", "journalistiek"],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Applies each rule once; true when a block was removed.</summary>
    /// <param name="items">The blocks.</param>
    /// <param name="isPlain">True for plain text, in which any short line may be a heading.</param>
    public static bool Apply(StripItem[] items, bool isPlain)
    {
        var changed = false;
        for (var i = 0; i < items.Length; i++)
        {
            changed |= items[i].Kind switch
            {
                "embed" when items[i].Rule == "tweet-signature" => TakePost(items, i),
                "breadcrumb" => TakeCrumbs(items, i),
                "donation" or "membership" => TakeAppeal(items, i, -1) | TakeAppeal(items, i, 1),
                _ when items[i].Heads && !items[i].InText => TakeTitles(items, i),
                _ => false,
            };
        }

        return TakeRepeats(items, isPlain) | TakeEmptyHeadings(items) | changed;
    }

    /// <summary>Above the signature of a post stands its text.</summary>
    private static bool TakePost(StripItem[] items, int signature)
    {
        if (signature == 0 || !items[signature - 1].InText || items[signature - 1].Kept!.Text.Length > MaxPost)
            return false;

        items[signature - 1].Set("post-text", "embed", "the text of an embedded post, whose signature follows", BlockKind.Embed);
        return true;
    }

    private static bool TakeCrumbs(StripItem[] items, int first)
    {
        var changed = false;
        for (var i = first + 1; i < items.Length && items[i].InText && items[i].Kept!.Text is { Length: < 60 } text && IsNumbered(text); i++)
        {
            items[i].Set("breadcrumb-next", "breadcrumb", "a breadcrumb that goes on from the line above");
            changed = true;
        }

        return changed;
    }

    private static bool IsNumbered(string text) =>
        text.Length > 2 && char.IsAsciiDigit(text[0]) && (text[1] is '.' or ')' || (char.IsAsciiDigit(text[1]) && text[2] is '.' or ')'));

    /// <summary>Beside an appeal stand its other paragraphs: they speak of journalism, work and support, and end where the report goes on.</summary>
    private static bool TakeAppeal(StripItem[] items, int from, int step)
    {
        var i = from + step;
        while (i >= 0 && i < items.Length && items[i].Kept is null && Math.Abs(i - from) < 3)
            i += step;
        if (i < 0 || i >= items.Length || !items[i].InText)
            return false;

        var text = items[i].Kept!.Text;
        if (text.Length > 700 || !text.AsSpan().ContainsAny(AppealWords) || !SpeaksAsUs(text))
            return false;

        items[i].Set("appeal-next", "donation", "a paragraph of the appeal beside it");
        return true;
    }

    private static bool SpeaksAsUs(string text)
    {
        var folded = " " + CueText.Fold(text);
        return folded.Contains(" our ", StringComparison.Ordinal)
            || folded.Contains(" us ", StringComparison.Ordinal)
            || folded.Contains(" we ", StringComparison.Ordinal)
            || folded.Contains(" uns", StringComparison.Ordinal)
            || folded.Contains(" nous ", StringComparison.Ordinal)
            || folded.Contains(" nuestr", StringComparison.Ordinal);
    }

    /// <summary>Titles under a heading over links: all to the end of the text; before a paragraph, all but the last, which may be its heading.</summary>
    private static bool TakeTitles(StripItem[] items, int heading)
    {
        var end = heading + 1;
        while (end < items.Length && end - heading <= 30 && (!items[end].InText || IsTitle(items[end].Kept!)))
            end++;

        if (end < items.Length && end - heading <= 30)
        {
            end--;
            while (end > heading && !items[end].InText)
                end--;
        }

        var changed = false;
        for (var i = heading + 1; i < end; i++)
        {
            if (!items[i].InText)
                continue;
            items[i].Set("title-under-heading", "related", "the title of another article, under a heading over such titles");
            changed = true;
        }

        return changed;
    }

    private static bool IsTitle(Block block) =>
        block.Text.Length <= MaxTitle
            && block.Kind is not (BlockKind.Quote or BlockKind.Table)
            && !Prose.IsProse(block.Text, 0)
            && block.Text[^1] is not ('.' or ':' or '"' or '”' or '。' or '،');

    /// <summary>
    /// A block that a longer one holds word for word is a pulled quote or a standfirst taken from the text. Code that comes again is meant to: each example
    /// begins with the same lines.
    /// </summary>
    private static bool TakeRepeats(StripItem[] items, bool isPlain)
    {
        // Every block is compared with every other: beyond an article's size that is not worth its cost.
        if (items.Length > MaxCompared)
            return false;

        if (TakeRunTogether(items))
            return true;

        using var holders = new GramHolders(items.Length);
        for (var i = 0; i < items.Length; i++)
        {
            if (items[i].InText)
                holders.Add(i, items[i].Kept!.Text);
        }

        var changed = false;
        bool? isInterview = null;
        for (var i = 0; i < items.Length; i++)
        {
            if (!items[i].InText
                || items[i].Kept is not { Text: { Length: >= MinRepeat } text, Kind: not (BlockKind.Preformatted or BlockKind.Table) }
                || text.Contains(Bar, StringComparison.Ordinal))
                continue;

            var key = text.AsSpan().Trim(Quotes);
            if (key.Length < MinRepeat)
                continue;

            var places = TextGrams.PlacesOf(key);
            for (var j = holders.Next(places, 0); j >= 0; j = holders.Next(places, j + 1))
            {
                var other = j != i && items[j].InText ? items[j].Kept!.Text : null;
                if (other is null
                    || other.Length < text.Length
                    || (other.Length == text.Length && j > i)
                    || other.Contains(Bar, StringComparison.Ordinal)
                    || !other.AsSpan().Contains(key, StringComparison.Ordinal))
                    continue;

                // The same question to somebody else.
                if (other.Length == text.Length && IsQuestion(text) && (isInterview ??= HasCommonQuestions(items)))
                    continue;

                // A subheading quotes what its part says; it is one too many only where another block says just that.
                if ((isPlain || items[i].Kept!.Kind == BlockKind.Heading) && text.Length <= MaxTitle && other.AsSpan().Trim(Quotes).Length > key.Length)
                    continue;

                items[i].Set("repeated", "repeat", "a sentence that another paragraph holds word for word");
                changed = true;
                break;
            }
        }

        return changed;
    }

    private static bool IsQuestion(string text) => text.Length <= MaxTitle && (text[^1] is '?' or '？' or '؟');

    /// <summary>True where two questions or more come again, as where several people are asked the same: one alone may be a title that stands twice.</summary>
    private static bool HasCommonQuestions(StripItem[] items) =>
        items.Where(i => i.InText && IsQuestion(i.Kept!.Text)).GroupBy(i => i.Kept!.Text, StringComparer.Ordinal).Count(g => g.Skip(1).Any()) >= MinQuestions;

    /// <summary>A block that is little but three or more others one after the other is their copy: they have the article's paragraphs.</summary>
    private static bool TakeRunTogether(StripItem[] items)
    {
        // At most ten blocks are as long as that.
        var all = items.Sum(i => i.InText ? (long)i.Kept!.Text.Length : 0);
        foreach (var item in items)
        {
            if (!item.InText
                || item.Kept!.Text is not { Length: >= MinRepeat * MinHeld } copy
                || copy.Length * 10L < all
                || copy.Contains(Bar, StringComparison.Ordinal))
                continue;

            var (blocks, letters) = (0, 0L);
            foreach (var other in items)
            {
                if (other == item
                    || !other.InText
                    || other.Kept!.Text is not { Length: >= MinRepeat } text
                    || text.Length >= copy.Length
                    || !copy.Contains(text, StringComparison.Ordinal))
                    continue;
                blocks++;
                letters += text.Length;
            }

            if (blocks < MinHeld || letters * 10 < copy.Length * 7L || letters > copy.Length)
                continue;

            item.Set("run-together", "repeat", "the paragraphs of the text once more, run into one");
            return true;
        }

        return false;
    }

    /// <summary>
    /// Headings at the end of the text head other things; but a list of pictures has numbered headings, whose captions stand beside the text, and
    /// a sentence with its full stop is no title of another article.
    /// </summary>
    private static bool TakeEmptyHeadings(StripItem[] items)
    {
        var changed = false;
        for (var i = items.Length - 1; i >= 0; i--)
        {
            if (!items[i].InText)
                continue;
            if (items[i].Kept is not { Kind: BlockKind.Heading, Text: var text }
                || IsNumbered(text)
                || (text[^1] == '.' && !text.EndsWith("..", StringComparison.Ordinal)))
                break;

            items[i].Set("heading-over-nothing", "related", "a heading that no text follows");
            changed = true;
        }

        return changed;
    }
}
