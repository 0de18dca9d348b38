using System.Buffers;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>The words by which elements call themselves something, as substrings of class, id, itemprop, rel and data attributes.</summary>
internal static class PageCues
{
    private static readonly string[] AuthorWords =
    [
        "author", "byline", "by-line", "autor", "auteur", "verfasser", "redakt", "writer", "reporter", "journalist", "contributor", "credit-name",
        "posted-by", "postedby", "written", "columnist", "firma", "signature", "editor", "creator", "vcard", "byl", "person", "skribent", "kirjoittaja",
    ];

    private static readonly string[] DateWords =
    [
        "date", "time", "publish", "posted", "datum", "fecha", "data", "datetime", "updated", "modified", "created", "pubdat", "fech", "zeit", "meta", "info",
        "byline", "tanggal", "dato", "tarih",
    ];

    private static readonly SearchValues<string> Authors = SearchValues.Create(AuthorWords, StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> Dates = SearchValues.Create(DateWords, StringComparison.OrdinalIgnoreCase);

    // Most names hold neither: no three letters in a row with which a word starts. One bit for each such three, of five bits a letter.
    private static readonly ulong[] Heads = HeadsOf([.. AuthorWords, .. DateWords]);

    // A word of the page's furniture must stand at a boundary: "comment" but not "commentary".
    private static readonly string[] Furniture =
    [
        "nav", "navbar", "navigation", "menu", "footer", "sidebar", "comment", "comments", "related", "recommended", "recommendations", "recommend", "teaser",
        "teasers", "promo", "popular",
        "trending", "newsletter", "latest", "mostread", "most", "breaking", "ticker", "carousel", "cookie", "consent", "disqus", "respond", "reply", "replies",
        "readmore", "siblings", "more",
        "aside", "widget", "modal", "popup", "advertisement", "recirc", "suggested", "similar", "outbrain", "taboola", "card", "cards", "kommentare",
        "kommentar", "verwandte",
    ];

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> FurnitureWords =
        new HashSet<string>(Furniture, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    // The lengths, as bits, that the words of each first letter have.
    private static readonly int[] FurnitureLengths =
        [.. Enumerable.Range(0, 32).Select(letter => Furniture.Where(w => (w[0] & 0x1f) == letter).Aggregate(0, (bits, w) => bits | (1 << w.Length)))];

    private static readonly SearchValues<string> AuthorFolders = SearchValues.Create(
        ["/author/", "/authors/", "/autor/", "/autoren/", "/autores/", "/auteur/", "/auteurs/", "/autore/", "/autori/", "/signataires/", "/contributor/", "/contributors/", "/editors/", "/staff/", "/journalist/", "/journalists/", "/redakteur/"],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>True for the address of an author's page, by the folder that it stands in.</summary>
    public static bool IsAuthorAddress(ReadOnlySpan<char> address) => address.Length is > 10 and < 300 && address.ContainsAny(AuthorFolders);

    private static readonly SearchValues<string> SiteTitles =
        SearchValues.Create(
            ["site-title", "site_title", "sitetitle", "site-name", "sitename", "site-logo", "logo", "masthead", "blog-title", "blogtitle", "breadcrumb"],
            StringComparison.OrdinalIgnoreCase);

    /// <summary>True when a heading calls itself the site's title, or a step on the way to the page.</summary>
    public static bool IsSiteTitle(string value) => value.AsSpan().ContainsAny(SiteTitles);

    /// <summary>True for names that mark an author's element.</summary>
    public static bool IsAuthor(string value) => value.AsSpan().ContainsAny(Authors);

    /// <summary>What the names of a class, an id or a property mark their element as.</summary>
    public static MarkKinds KindsOf(ReadOnlySpan<char> value) =>
        !MayMark(value)
            ? MarkKinds.None
            : (value.ContainsAny(Authors) ? MarkKinds.Author : MarkKinds.None) | (value.ContainsAny(Dates) ? MarkKinds.Date : MarkKinds.None);

    /// <summary>
    /// True when a class or id has a word of the page's furniture; words end at anything but a letter and before a capital. The footer of a post or an entry
    /// is the article's own.
    /// </summary>
    public static bool IsFurniture(ReadOnlySpan<char> value)
    {
        var start = 0;
        for (var i = 0; i <= value.Length; i++)
        {
            var ends = i == value.Length || !char.IsAsciiLetter(value[i]);
            if (!ends && !(i > start && char.IsAsciiLetterUpper(value[i]) && char.IsAsciiLetterLower(value[i - 1])))
                continue;

            if (i - start is >= 3 and <= 16
                && (FurnitureLengths[value[start] & 0x1f] & (1 << (i - start))) != 0
                && FurnitureWords.Contains(value[start..i])
                && !IsOwnFooter(value[..i]))
                return true;
            start = ends ? i + 1 : i;
        }

        return false;
    }

    private static bool IsOwnFooter(ReadOnlySpan<char> value) =>
        value.EndsWith("post-footer", StringComparison.OrdinalIgnoreCase) || value.EndsWith("entry-footer", StringComparison.OrdinalIgnoreCase);

    private static bool MayMark(ReadOnlySpan<char> value)
    {
        var head = 0;
        for (var i = 0; i < value.Length; i++)
        {
            head = ((head << 5) | (value[i] & 0x1f)) & 0x7fff;
            if (i >= 2 && (Heads[head >> 6] & (1UL << (head & 0x3f))) != 0)
                return true;
        }

        return false;
    }

    private static ulong[] HeadsOf(IEnumerable<string> words)
    {
        var heads = new ulong[0x8000 / 64];
        foreach (var word in words)
        {
            var head = ((word[0] & 0x1f) << 10) | ((word[1] & 0x1f) << 5) | (word[2] & 0x1f);
            heads[head >> 6] |= 1UL << (head & 0x3f);
        }

        return heads;
    }
}
