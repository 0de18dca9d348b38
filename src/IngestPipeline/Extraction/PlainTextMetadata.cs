using IngestPipeline.Boilerplate;
using IngestPipeline.Extraction.Languages;
using IngestPipeline.Extraction.Metadata;

namespace IngestPipeline.Extraction;

/// <summary>What a plain text says about itself: a headline on its first line, a date line, its language, its dateline.</summary>
internal static class PlainTextMetadata
{
    // A headline is a line and not a paragraph: agencies and content systems keep it under some 150 characters.
    private const int MinTitle = 12;
    private const int MaxTitle = 180;

    public static ArticleMetadata Read(IReadOnlyList<Block> blocks, IReadOnlyList<StrippedBlock> removed)
    {
        var text = string.Join("\n\n", blocks.Where(b => b.InText).Select(b => b.Text));
        var dateline = DatelineReader.Read(text);
        return new()
        {
            Title = Title(blocks) is { } title ? new(title, "text:first-line") : null,
            Published = Published(removed) is { } date ? new(date, "text:date-line") : null,
            Language = LanguageDetector.Detect(text) is { } language ? new(language, "text") : null,
            Agency = dateline?.Agency is { } agency ? new(agency, "text:dateline") : null,
            DatelinePlace = dateline?.Place is { } place ? new(place, "text:dateline") : null,
        };
    }

    // A first line that is no sentence, with running text behind it.
    private static string? Title(IReadOnlyList<Block> blocks)
    {
        var text = blocks.Where(b => b.InText).Take(3).ToList();
        return text.Count > 1
            && text[0].Text is { Length: >= MinTitle and <= MaxTitle } first
            && first[^1] is not ('.' or ':' or ',' or ';' or '…' or '。' or '।')
            && first.Contains(' ', StringComparison.Ordinal)
            && text.Skip(1).Any(b => b.Text.Length > first.Length)
                ? first
                : null;
    }

    // Only what stood above the text or right under the headline dates the article.
    private static ArticleDate? Published(IReadOnlyList<StrippedBlock> removed)
    {
        foreach (var block in removed.Where(r => r.Position <= 1))
        {
            if (DateScanner.Find(block.Text) is [var hit, ..])
                return hit.Date;
        }

        return null;
    }
}
