using IngestPipeline.Boilerplate;
using IngestPipeline.Extraction.Metadata;
using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction.Content;

/// <summary>
/// The lines between a headline and the article's first paragraph that date or sign it, in whatever language: <c>Lugo, 2 abr 2026 - 09:15 CEST</c>,
/// <c>Ein Interview von Ann Larsen</c>. What is a date is known by its form, and who wrote from the page's metadata.
/// </summary>
internal static class LeadLines
{
    // More lines than these are a list's.
    private const int MaxLines = 8;
    private const int MaxLength = 120;
    private const int Paragraph = 100;
    private const int ShortParagraph = 35;

    // Beside a name: a place, an office in few words, the day; behind a "by" also what kind of text it is.
    private const int MaxBeside = 14;
    private const int FewBeside = 6;
    private const int MaxOffice = 30;
    private const int MaxBehindBy = 60;

    // Beside a date: "Uhr", "klo", "WIB".
    private const int ShortWord = 4;
    private const int MaxPlace = 16;
    private const string Marks = ".,:;|()[]-–—•·/،：";

    /// <summary>Takes such lines out of an article's blocks.</summary>
    public static void Strip(IReadOnlyList<StripItem> items, IReadOnlyList<string> names)
    {
        var end = 0;
        for (var lines = 0; end < items.Count; end++)
        {
            if (!items[end].InText)
                continue;
            if (IsParagraph(items[end].Kept!))
                break;
            if (++lines > MaxLines)
                return;
        }

        if (end == items.Count)
            return;

        for (var i = 0; i < end; i++)
        {
            if (!items[i].InText || items[i].Kept is not { Kind: BlockKind.Paragraph, Text: { Length: <= MaxLength } text } || text[^1] is '?' or '!')
                continue;
            if (IsDate(text))
                items[i].Set("lead-date", "meta", "a line of the article's day, before its first paragraph");
            else if (IsSigned(text, names))
                items[i].Set("lead-byline", "author", "a line that names who wrote the article, before its first paragraph");
        }
    }

    private static bool IsParagraph(Block block) =>
        block.Text.Length >= Paragraph && (block.Text.Length > MaxLength || Prose.IsProse(block.Text, 0))
            || (block.Text.Length >= ShortParagraph && NameAffixes.IsUnspaced(block.Text[block.Text.Length / 2]) && block.Text[^1] is '。' or '」' or '”' or '？');

    private static bool IsDate(string text)
    {
        var hits = DateScanner.Find(text);
        if (hits.Count == 0)
            return false;

        var (at, places) = (0, 0);
        for (var i = 0; i <= hits.Count; i++)
        {
            foreach (var part in text[at..(i < hits.Count ? hits[i].Start : text.Length)].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                // One place may stand before the day.
                var word = TextKey.Of(part.AsSpan().Trim(Marks));
                if (word.Length > 0 && !IsBesideDate(word) && (i > 0 || word.Length > MaxPlace || ++places > 1))
                    return false;
            }

            at = i < hits.Count ? hits[i].End : at;
        }

        return true;
    }

    private static bool IsBesideDate(string word) =>
        word.Length <= ShortWord
            || char.IsDigit(word[0])
            || DateTables.IsDateWord(word)
            || DateTables.IsFiller(word)
            || DateLabels.RoleOf(word) != DateRole.Unnamed;

    private static bool IsSigned(string text, IReadOnlyList<string> names)
    {
        var rest = text;
        foreach (var name in names)
            rest = rest.Replace(name, " ", StringComparison.OrdinalIgnoreCase);
        if (rest.Length == text.Length)
            return false;

        foreach (var hit in DateScanner.Find(rest).Reverse())
            rest = rest[..hit.Start] + rest[hit.End..];
        var (letters, behind) = (rest.Count(char.IsLetter), text);
        return letters <= (NameAffixes.IsUnspaced(text) ? FewBeside : MaxBeside) || (letters <= MaxBehindBy && BylineParser.TakeBy(ref behind))
            || (letters <= MaxOffice && Words(rest).Any(w => BylineWords.IsRole(w) || BylineWords.IsOrganisation(w)));
    }

    private static string[] Words(string text) => TextKey.Words(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
