using IngestPipeline.Extraction.Metadata;
using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Extraction;

/// <summary>
/// Finds who signed below a plain text's headline without a "by", where what follows the name says that it is one: <c>Ann Larsen, Parliamentary editor</c>,
/// <c>Bo Berg @boberg</c>, <c>Ann Larsen in New York</c>, <c>Bo Berg 2 May 2024</c>.
/// </summary>
internal static class PlainSignature
{
    private const int MinLength = 8;
    private const int MaxLength = 75;
    private const int MaxRest = 4;
    private const int MaxTime = 25;

    private static readonly SiteNames NoSites = OfNothing();

    /// <summary>The names that a line begins with; none for a line that is no signature.</summary>
    /// <param name="line">The line.</param>
    /// <param name="next">The line below, which dates what is signed with a place.</param>
    /// <param name="headline">The headline, of whose words a name has none.</param>
    public static IReadOnlyList<string> Names(string line, string next, string headline)
    {
        if (line.Length is < MinLength or > MaxLength || !char.IsUpper(line[0]) || line[^1] is '.' or '!' or '?' or ':' or ',')
            return [];

        var byline = BylineParser.ParseLine("By " + line, NoSites);
        if (byline.People is not [var first, ..] || !line.StartsWith(first, StringComparison.Ordinal))
            return [];

        // A name that the parser put another way stands nowhere, and what is behind it cannot be told.
        var words = first.Split(' ');
        var last = line.IndexOf(byline.People[^1], StringComparison.Ordinal);
        if (last < 0)
            return [];

        var end = last + byline.People[^1].Length;
        var rest = line[end..].TrimStart(' ', ',', '|', '/', '-', '–', '—', '•', '·');
        if (words.Length is < 2 or > 3
            || BylineWords.IsStop(TextKey.Words(words[0]))
            || Array.Exists(words, w => headline.Contains(w, StringComparison.OrdinalIgnoreCase)))
            return [];

        // Of "Ann Larsen Wellness Writer" the office has two words.
        if (byline.People.Count == 1 && words.Length == 3 && words[1][^1] != '.' && line[end..].StartsWith(' ') && IsOffice(rest))
            return [string.Join(' ', words[..2])];
        return Explains(rest, next) ? byline.People : [];
    }

    private static bool Explains(string rest, string next)
    {
        var words = rest.Split(' ');
        return rest.Length > 1
            && (rest[0] == '@' || (char.IsDigit(rest[0]) && rest.Length <= MaxTime && (DateScanner.Find(rest).Count > 0 || (words.Length == 2 && char.IsLower(words[1][0]))))
            || (words[0] == "in" && words.Length <= MaxRest && char.IsUpper(words[^1][0]) && DateScanner.Find(next).Count > 0)
            || DateLabels.RoleOf(words[0]) is DateRole.Published or DateRole.Modified || IsOffice(rest) || Agencies.Find(rest) is not null);
    }

    private static bool IsOffice(string rest) =>
        rest.Split(' ') is { Length: > 0 and <= MaxRest } words && BylineWords.IsRole(TextKey.Words(words[^1]));

    private static SiteNames OfNothing()
    {
        using var document = TreeParser.Parse(string.Empty);
        return PageFacts.Of(PageScanner.Scan(document), null).Sites;
    }
}
