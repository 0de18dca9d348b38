using IngestPipeline.Boilerplate;
using IngestPipeline.Extraction.Metadata;

namespace IngestPipeline.Extraction.Content;

/// <summary>
/// The lines behind the article's last paragraph that say who wrote it: <c>— Ann Larsen</c>, <c>Ann Larsen teaches marine law in Port Alden.</c> Whose name it
/// is is known from the page's metadata, so that no paper and no office need be named.
/// </summary>
internal static class EndLines
{
    private const int MaxLines = 3;
    private const int MaxNote = 500;
    private const int MaxLead = 4;
    private const int MaxSignature = 34;
    private const int MaxHan = 9;

    // "Ann Larsen, born in 1979, is …"
    private const int MaxApposition = 80;
    private const string Edges = " –—-*•~_/|([（【「)]）】」.,";

    private static readonly HashSet<string> Says = BylineWords.Of("says");

    /// <summary>Takes such lines out of an article's blocks.</summary>
    public static void Strip(IReadOnlyList<StripItem> items, PageHints hints)
    {
        var lines = 0;
        for (var i = items.Count - 1; i > 0 && lines < MaxLines; i--)
        {
            if (!items[i].InText)
                continue;

            lines++;
            if (items[i].Kept is not { Kind: BlockKind.Paragraph, Text: { Length: <= MaxNote } text } || !items.Take(i).Any(b => b.InText))
                continue;
            if (hints.Names.Any(n => IsNote(text, n) && !hints.IsInTitle(n)))
                items[i].Set("end-note", "author", "a line behind the article that says who wrote it");
            else if (lines == 1 && IsSignature(text) && !IsQuoted(items, i))
                items[i].Set("end-signature", "author", "a name behind the article's last paragraph");
        }
    }

    private static bool IsNote(string text, string name)
    {
        var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        if (at is < 0 or > MaxLead || text.AsSpan(0, at).Trim(Edges).Length > 0)
            return false;

        var rest = text.AsSpan(at + name.Length);
        if (rest.Trim(Edges).Length == 0)
            return true;
        if (rest[0] is not (' ' or ',' or '('))
            return false;

        // The verb stands right behind, or behind what is put between commas.
        var said = rest.TrimStart();
        if (said[0] is ',' or '(' && said[1..].IndexOfAny(',', ')') is >= 0 and < MaxApposition and var close)
            said = said[(close + 2)..].TrimStart();
        return Says.Contains(TextKey.Of(said[..(said.IndexOf(' ') is > 0 and var word ? word : said.Length)].TrimEnd(Edges)));
    }

    // "— Ann Larsen", "(佐藤花子)"
    private static bool IsSignature(string text)
    {
        if (text.Length > MaxSignature)
            return false;
        if (text[0] is '(' or '（' or '【' && text[^1] is ')' or '）' or '】')
            return text.Length <= MaxHan && text.Length >= 4 && text.AsSpan(1, text.Length - 2).IndexOfAnyExceptInRange('\u3400', '\u9fff') < 0;

        var name = text.TrimStart('–', '—', '-', ' ');
        return name.Length < text.Length
            && name.Split(' ') is { Length: 2 or 3 } words
            && Array.TrueForAll(words, w => w.Length > 0 && char.IsUpper(w[0]) && w.All(c => char.IsLetter(c) || c is '-' or '’' or '\'' or '.'))
            && !text.EndsWith('.');
    }

    // Whose words were quoted stands behind them in the same way.
    private static bool IsQuoted(IReadOnlyList<StripItem> items, int i)
    {
        while (--i >= 0 && !items[i].InText)
        {
        }

        return i < 0
            || items[i].Kept is { Kind: BlockKind.Quote }
            || items[i].Kept!.Text.TrimEnd(' ', '.', '!', '?', ',') is [.., '”' or '"' or '»' or '“' or '’' or '\'' or '」'];
    }
}
