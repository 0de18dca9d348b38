using System.Collections.Frozen;
using IngestPipeline.Extraction;
using IngestPipeline.Extraction.Metadata;
using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Pipeline.Pages;

/// <summary>
/// Recognises that an article is not there although a page came: its link leads to a front page or a section's page, or the page says in the article's
/// place that it was not found. What the page is headed like the feed's entry is the article, whatever else speaks against it.
/// </summary>
internal static class LostPage
{
    // In letters, as an article is measured: an introduction to nothing is shorter than the first, a notice than the second.
    private const int ShortText = 600;
    private const int NoticeText = 400;
    private const int NoticeLine = 200;

    private static readonly FrozenSet<string> WholeTitles;
    private static readonly string[] Notices;
    private static readonly string[] RootNames = ["index", "home", "default", "start", "homepage"];
    private static readonly string[] ErrorNames = ["404", "410", "404error", "error404", "notfound", "pagenotfound", "errorpage", "error", "gone", "missing"];
    private static readonly string[] BodyNames = ["error404", "error-404", "page-404", "page404", "not-found", "notfound", "page-not-found", "pagenotfound"];

    static LostPage()
    {
        var lines = DataFiles.Lines("Pipeline.Pages.NotFound.table.txt");
        WholeTitles = lines.Where(l => l[0] == '=').Select(l => l[1..]).ToFrozenSet(StringComparer.Ordinal);
        Notices = [.. lines.Where(l => l[0] != '=').Select(TextKey.Words)];
    }

    /// <summary>Why the article counts as lost; null when it does not.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="reading">What came.</param>
    /// <param name="page">The page that came.</param>
    public static string? Reason(ArticleRequest request, PageReading reading, ExtractedArticle page)
    {
        if (request.Fetch is not { } asked
            || reading.Fetched.FinalUrl is not { } answered
            || reading.IsText
            || page.Outcome is ExtractionOutcome.Paywalled or ExtractionOutcome.Refused)
            return null;

        var isMoved = asked != answered && IsMoved(asked, answered);
        var text = page.TextLength;
        if (text >= ShortText && !isMoved)
            return null;
        text = page.Blocks.Where(b => b.InText).Sum(b => Prose.Weight(b.Text));
        if (text < NoticeText && page.Blocks.Any(IsNotice))
            return "the page says that it is not there";
        // What calls itself an article is one, where it has a text.
        if ((text >= ShortText && page.Metadata.IsTypedArticle) || IsNamed(request.Entry?.Title, page.Metadata.Title?.Value))
            return null;
        if (text < ShortText && (IsNotFound(page.Metadata.Title?.Value) || HasBodyName(reading.Fetched.Body.Span)))
            return "the page says that it is not there";
        if (!isMoved)
            return null;
        if (text < ShortText
            && Segments(answered).Any(s => ErrorNames.Contains(Joined(s), StringComparer.Ordinal))
            && !Segments(asked).Any(s => ErrorNames.Contains(Joined(s), StringComparer.Ordinal)))
            return "its link leads to a page that says that it is not there";
        if (IsRoot(answered) && !IsRoot(asked))
            return "its link leads to the site's front page";
        return !string.IsNullOrWhiteSpace(request.Entry?.Title) && IsSection(answered) && !IsSection(asked) && !IsRoot(asked)
            ? "its link leads to a section's page"
            : null;
    }

    private static bool IsMoved(Uri asked, Uri answered) =>
        ArticleUrl.TryCreate(asked) is { } from && ArticleUrl.TryCreate(answered) is { } to && from.Id != to.Id;

    /// <summary>True where one headline has most of the other's letters, in threes: feeds cut headlines, and pages lengthen them.</summary>
    internal static bool IsNamed(string? entry, string? page)
    {
        var (one, other) = (Threes(entry), Threes(page));
        var shared = one.Count(other.Contains);
        return shared > 0 && shared * 2 >= Math.Min(one.Count, other.Count);
    }

    private static HashSet<string> Threes(string? title)
    {
        var letters = title is null ? "" : TextKey.Joined(FeedPlainText.Of(title));
        return letters.Length is > 0 and < 3 ? [letters] : [.. Enumerable.Range(0, Math.Max(0, letters.Length - 2)).Select(i => letters.Substring(i, 3))];
    }

    private static bool IsNotFound(string? title)
    {
        if (title is null)
            return false;
        var words = TextKey.Words(title);
        return WholeTitles.Contains(words) || Notices.Any(n => words.StartsWith(n, StringComparison.Ordinal) || words.EndsWith(n, StringComparison.Ordinal));
    }

    private static bool IsNotice(Block block) =>
        block.Text.Length <= NoticeLine && TextKey.Words(block.Text) is var words && Notices.Any(n => words.Contains(n, StringComparison.Ordinal));

    // "/", "/index.html", "/en/", and what only differs from these in tracking parameters.
    private static bool IsRoot(Uri url)
    {
        if (ArticleUrl.TryCreate(url) is not { } plain || plain.Text.AsSpan().ContainsAny('?', '#'))
            return false;
        return Segments(url) switch
        {
            [] => true,
            [var only] => IsLanguage(only) || RootNames.Contains(Stem(only), StringComparer.Ordinal),
            [var language, var name] => IsLanguage(language) && RootNames.Contains(Stem(name), StringComparer.Ordinal),
            _ => false,
        };
    }

    // "/politics/", "/news/world", "/2026/03/": short names and parts of dates, where an article has a number or a headline.
    private static bool IsSection(Uri url) =>
        ArticleUrl.TryCreate(url) is { } plain
            && !plain.Text.AsSpan().ContainsAny('?', '#')
            && Segments(url) is { Count: > 0 and <= 4 } segments
            && segments.All(IsSectionName);

    private static bool IsSectionName(string segment) =>
        segment.Length <= 24
            && segment.Count(c => c is '-' or '_') <= 1
            && (segment.All(char.IsAsciiDigit) ? segment.Length <= 4 : !segment.Any(char.IsAsciiDigit))
        && (!segment.Contains('.', StringComparison.Ordinal) || RootNames.Contains(Stem(segment), StringComparer.Ordinal));

    private static bool IsLanguage(string segment) =>
        segment is [>= 'a' and <= 'z', >= 'a' and <= 'z'] or [>= 'a' and <= 'z', >= 'a' and <= 'z', '-' or '_', _, _];

    private static string Stem(string segment) => segment.Split('.')[0].ToLowerInvariant();

    private static string Joined(string segment) => TextKey.Joined(Stem(segment));

    private static List<string> Segments(Uri url) => [.. url.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];

    // <body class="error404 wide">, as WordPress writes it.
    private static bool HasBodyName(ReadOnlySpan<byte> html)
    {
        var at = html.IndexOf("<body"u8);
        if (at < 0)
            return false;
        var tag = html[at..Math.Min(html.Length, at + 2_000)];
        if (tag.IndexOf((byte)'>') is > 0 and var end)
            tag = tag[..end];
        if (tag.IndexOf("class="u8) is not (>= 0 and var from))
            return false;
        var names = System.Text.Encoding.ASCII.GetString(tag[(from + 6)..]);
        names = names is ['"' or '\'', ..] && names.IndexOf(names[0], 1) is > 0 and var close ? names[1..close] : names.Split(' ')[0];
        return names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Any(n => BodyNames.Contains(n.ToLowerInvariant(), StringComparer.Ordinal));
    }
}
