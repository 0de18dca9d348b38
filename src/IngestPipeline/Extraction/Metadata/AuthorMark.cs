using System.Buffers;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>What an element that calls itself an author's is worth, and what names it holds.</summary>
internal static class AuthorMark
{
    private static readonly SearchValues<string> Strong =
        SearchValues.Create(["author", "byline", "autor", "auteur", "writer", "reporter", "journalist", "verfasser", "redakteur"], StringComparison.Ordinal);

    private static readonly SearchValues<string> Signed =
        SearchValues.Create(
            ["signature", "firma", "contributor", "columnist", "skribent", "kirjoittaja", "szerzo", "muhabir", "vcard"], StringComparison.Ordinal);

    private static readonly SearchValues<string> Never = SearchValues.Create(["comment", "licens", "licence", "photogra"], StringComparison.Ordinal);

    /// <summary>True for the sure cues; the others count only with a "By".</summary>
    public static bool IsStrong(PageMark mark) => mark.Cues.AsSpan().ContainsAny(Strong);

    /// <summary>True for those of the other cues that are a signature's: right below the headline a name and nothing else is enough.</summary>
    public static bool IsSigned(PageMark mark) => mark.Cues.AsSpan().ContainsAny(Signed);

    /// <summary>True for a commenter's, a photographer's or a licence's name.</summary>
    public static bool IsNever(PageMark mark) => mark.Cues.AsSpan().ContainsAny(Never);

    /// <summary>Its names: a link names one person, though first and last name stand in elements of their own.</summary>
    public static IReadOnlyList<string> NamesOf(PageMark mark) =>
        mark.Tag == "a"
            && mark.Runs is [var first, var last]
            && !last.Contains(' ', StringComparison.Ordinal)
            && first.Count(c => c == ' ') <= 1
            && char.IsUpper(first[0])
            && char.IsUpper(last[0])
        && !BylineWords.IsRole(TextKey.Of(last)) && BylineWords.By.Match(first) == 0
            ? [first + " " + last]
            : mark.Runs;

    /// <summary>The author of a box that says what its author does: the text repeats the name. Null for other boxes.</summary>
    public static Byline? OfBox(PageMark mark, PageFacts facts) =>
        mark.Runs.Count >= 2
            && BylineParser.LoneName(mark.Runs[0], facts.Sites) is { } name
            && mark.Runs[1].StartsWith(name.Split(' ')[0], StringComparison.Ordinal)
            ? new([name], [])
            : null;

    /// <summary>A byline without single words beside whole names, which are sections and places; several of them without a "By" are tags.</summary>
    public static Byline WithoutSections(Byline byline, string text)
    {
        if (byline.People.Count < 2)
            return byline;

        var whole = byline.People.Where(p => p.Contains(' ', StringComparison.Ordinal) || p[0] > '\u2e80').ToList();
        var isTags = whole.Count == 0 && !BylineParser.TakeBy(ref text);
        return whole.Count > 0 ? byline with { People = whole } : isTags ? byline with { People = [] } : byline;
    }
}
