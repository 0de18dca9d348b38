using System.Globalization;
using System.Text.RegularExpressions;

namespace IngestPipeline.Pipeline.Pages;

/// <summary>
/// Tells the next page of one article from the next article: blogs name that by <c>rel=next</c> too. The addresses must be the same but for a number
/// that stands where page numbers stand, and goes up by one.
/// </summary>
internal static partial class PageNumber
{
    // A number at the end of the path, as a segment of its own ("/2", "/page/2", "/page-2") or after a sign ("-2.html", ",2", "_p2.html").
    [GeneratedRegex(
        @"^(?<stem>.*?)(?:/(?:(?:page|seite|pagina|p)[/\-_]?)?(?<n>[1-9]\d?)/?|[\-_,.](?:page|seite|pagina|p)?[\-_]?(?<n>[1-9]\d?)(?<end>\.[a-z]{3,5})?)$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Path();

    [GeneratedRegex(
        @"^(?:page|pg|p|seite|pagina|page_no|pageno|pagenum|currentpage)=(?<n>[1-9]\d?)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();

    /// <summary>True when an address is that of the page with the given number of the article that begins at another.</summary>
    public static bool Is(Uri first, Uri candidate, int number)
    {
        if (first.Scheme != candidate.Scheme || first.Authority != candidate.Authority)
            return false;
        if (first.AbsolutePath.TrimEnd('/') == candidate.AbsolutePath.TrimEnd('/'))
            return SameButParameter(first.Query, candidate.Query, number);
        return first.Query == candidate.Query && SameButPath(first.AbsolutePath, candidate.AbsolutePath, number);
    }

    private static bool SameButPath(string first, string candidate, int number)
    {
        if (Path().Match(candidate) is not { Success: true } match || match.Groups["n"].Value != Text(number))
            return false;
        var (stem, end) = (match.Groups["stem"].Value, match.Groups["end"].Value);
        // The first page has no number, or a 1 in the same place.
        return (stem + end).TrimEnd('/') == first.TrimEnd('/')
            || (first.StartsWith(stem, StringComparison.Ordinal) && end.Length == 0 && first[stem.Length..] is [(>= 'a' and <= 'z') or '.', ..] extension && extension[0] == '.' && extension.Length <= 6)
            || (Path().Match(first) is { Success: true } one && one.Groups["n"].Value == "1" && one.Groups["stem"].Value == stem && one.Groups["end"].Value == end);
    }

    private static bool SameButParameter(string first, string candidate, int number)
    {
        var (before, after) = (Parts(first), Parts(candidate));
        var numbers = after.Where(p => Parameter().IsMatch(p)).ToList();
        return numbers is [var only] && Parameter().Match(only).Groups["n"].Value == Text(number)
            && after.Where(p => p != only).SequenceEqual(before.Where(p => !(Parameter().Match(p) is { Success: true } m && m.Groups["n"].Value == "1")));
    }

    private static string[] Parts(string query) => query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
