using System.Net;
using System.Text;
using IngestPipeline.Boilerplate;
using IngestPipeline.Extraction.Languages;
using IngestPipeline.Extraction.Metadata;
using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Extraction;

/// <summary>
/// What a plain text says about itself: headline, byline, date, agency, dateline, language. The lines around the headline and behind the text are set as a page with one
/// heading, and what reads pages reads them.
/// </summary>
internal static class PlainTextMetadata
{
    // A headline is a line and not a paragraph: agencies and content systems keep it under some 150 characters.
    private const int MinTitle = 12;
    private const int MaxTitle = 180;

    private const int Above = 6;
    private const int Opening = 3;
    private const int Below = 12;

    public static ArticleMetadata Read(PlainText plain)
    {
        var text = string.Join("\n\n", plain.Blocks.Where(b => b.InText).Select(b => b.Text));
        var title = plain.Head is { } head ? new(head.Text, "text:headline") : Title(plain.Blocks) is { } line ? new Sourced<string>(line, "text:first-line") : null;
        var said = Said(plain, title?.Value, text);
        return new()
        {
            Title = title,
            Standfirst = Renamed(said.Standfirst),
            Authors = Renamed(said.Authors),
            Credit = Renamed(said.Credit),
            Published = Renamed(said.Published) ?? (Published(plain.Removed) is { } date ? new(date, "text:date-line") : null),
            Modified = Renamed(said.Modified),
            Language = LanguageDetector.Detect(text) is { } language ? new(language, "text") : null,
            Agency = Renamed(said.Agency),
            DatelinePlace = Renamed(said.DatelinePlace),
        };
    }

    private static ArticleMetadata Said(PlainText plain, string? title, string text)
    {
        var headline = plain.Head?.Line ?? (title is null ? -1 : plain.Lines.FindIndex(l => l == title));
        var page = new StringBuilder("<body>");
        for (var i = Math.Max(0, (headline < 0 ? plain.First : headline) - Above); i < Math.Min(plain.Lines.Count, plain.First + Opening); i++)
            Append(i);
        for (var i = Math.Max(plain.First + Opening, plain.Last); i < Math.Min(plain.Lines.Count, plain.Last + Below); i++)
            Append(i);
        using var document = TreeParser.Parse(page.ToString());
        return MetadataReader.Read(document, null, text);

        void Append(int i)
        {
            var tag = i == headline ? "h1" : "p";
            page.Append('<').Append(tag).Append('>').Append(WebUtility.HtmlEncode(plain.Lines[i])).Append("</").Append(tag).Append('>');
        }
    }

    private static Sourced<T>? Renamed<T>(Sourced<T>? value) =>
        value is not null && value.Source.StartsWith("visible:", StringComparison.Ordinal) ? value with { Source = string.Concat("text:", value.Source.AsSpan("visible:".Length)) } : value;

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
