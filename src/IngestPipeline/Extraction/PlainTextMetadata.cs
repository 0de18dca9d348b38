using System.Net;
using System.Text;
using IngestPipeline.Boilerplate;
using IngestPipeline.Extraction.Languages;
using IngestPipeline.Extraction.Metadata;
using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Extraction;

/// <summary>
/// What a plain text says about itself: headline, byline, date, agency, dateline, language. The lines around the headline and behind the text are set as a page
/// with one heading, and what reads pages reads them.
/// </summary>
internal static class PlainTextMetadata
{
    // A headline is a line and not a paragraph: agencies and content systems keep it under some 150 characters.
    private const int MinTitle = 12;
    private const int MaxTitle = 180;

    private const int Above = 6;
    private const int Opening = 3;
    private const int Reach = 12;
    private const int Paragraph = 120;
    private const int SignedWithin = 4;
    private const int Below = 12;

    public static ArticleMetadata Read(PlainText plain)
    {
        var text = string.Join("\n\n", plain.Blocks.Where(b => b.InText).Select(b => b.Text));
        var title =
            plain.Head is { } head ? new(head.Text, "text:headline") : Title(plain.Blocks) is { } line ? new Sourced<string>(line, "text:first-line") : null;
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
        var opening = Opens(plain);
        for (var i = Math.Max(0, (headline < 0 ? plain.First : headline) - Above); i < opening; i++)
            Append(i);
        for (var i = Math.Max(opening, plain.Last); i < Math.Min(plain.Lines.Count, plain.Last + Below); i++)
            Append(i);
        using var document = TreeParser.Parse(page.ToString());
        var said = MetadataReader.Read(document, null, text);
        return said.Authors is null && headline >= 0 && Signed(plain, headline) is { } names ? said with { Authors = names } : said;

        void Append(int i)
        {
            var tag = i == headline ? "h1" : "p";
            page.Append('<').Append(tag).Append('>').Append(WebUtility.HtmlEncode(plain.Lines[i])).Append("</").Append(tag).Append('>');
        }
    }

    // Where no line says "by".
    private static Sourced<IReadOnlyList<string>>? Signed(PlainText plain, int headline)
    {
        for (var i = headline + 1; i < Math.Min(plain.Lines.Count, headline + 1 + SignedWithin); i++)
        {
            if (PlainSignature.Names(plain.Lines[i], i + 1 < plain.Lines.Count ? plain.Lines[i + 1] : string.Empty, plain.Lines[headline]) is { Count: > 0 } names)
                return new(names, "text:signature");
        }

        return null;
    }

    // Behind a standfirst stand byline and date: to the second paragraph, or some lines beyond.
    private static int Opens(PlainText plain)
    {
        var (end, paragraphs) = (Math.Min(plain.Lines.Count, plain.First + Opening), 0);
        for (var i = plain.First; i < Math.Min(plain.Lines.Count, plain.First + Reach) && paragraphs < 2; i++)
        {
            if (plain.Lines[i].Length >= Paragraph && ++paragraphs == 2)
                return Math.Max(end, i + 1);
        }

        return end;
    }

    private static Sourced<T>? Renamed<T>(Sourced<T>? value) =>
        value is not null && value.Source.StartsWith("visible:", StringComparison.Ordinal)
            ? value with { Source = string.Concat("text:", value.Source.AsSpan("visible:".Length)) }
            : value;

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
