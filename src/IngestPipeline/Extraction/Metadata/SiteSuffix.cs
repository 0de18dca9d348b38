using System.Buffers;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>Takes the site's name off a title: <c>Rain over the islands | The Daily Example</c>.</summary>
internal static class SiteSuffix
{
    private static readonly string[] Separators =
        [" | ", " - ", " – ", " — ", " · ", " • ", " » ", " « ", " :: ", " : ", " / ", ": ", " ― ", " ~ ", "｜", "ㅣ", " |", "| ", " -- "];

    // Without blanks around them they are a part of a word more often than not: only what is the site's name or section for sure is taken off.
    private static readonly char[] Tight = ['-', '_', '–', '—', '－', ':', '：'];

    // No separator is without one of these.
    private static readonly SearchValues<char> Marks = SearchValues.Create("|-–—·•»«:/―~｜ㅣ");

    /// <summary>The parts between a title's separators, and what stands before and behind each separator.</summary>
    public static IEnumerable<string> Parts(string title)
    {
        if (!title.AsSpan().ContainsAny(Marks))
        {
            if (title.Trim() is { Length: > 0 } whole)
                yield return whole;
            yield break;
        }

        foreach (var part in title.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            yield return part;
        foreach (var separator in Separators)
        {
            if (title.IndexOf(separator, StringComparison.Ordinal) is not (> 0 and var first))
                continue;
            yield return title[..first];
            yield return title[(first + separator.Length)..];
            yield return title[..title.LastIndexOf(separator, StringComparison.Ordinal)];
        }
    }

    /// <summary>Takes the last part off a document's title where the page names no site: by custom it is the site's name.</summary>
    public static string StripLast(string title)
    {
        foreach (var separator in (string[])[" | ", " - ", " – ", " — ", " » ", " :: "])
        {
            var last = title.LastIndexOf(separator, StringComparison.Ordinal);
            if (last > 10 && title[..last].Contains(' ', StringComparison.Ordinal) && title.AsSpan(last + separator.Length).Count(' ') <= 6)
                return title[..last].TrimEnd();
        }

        return title;
    }

    /// <summary>A title up to the site's name where a motto follows that: <c>Rain over the islands - The Daily Example - News from the sea</c>.</summary>
    public static string UpToSite(string title, SiteNames sites)
    {
        foreach (var separator in (string[])[" | ", " - ", " – ", " — "])
        {
            var parts = title.Split(separator);
            var site = parts.Length < 3 ? -1 : Array.FindIndex(parts, 1, parts.Length - 2, p => p.Length > 3 && sites.Contains(p));
            if (site > 0)
                return string.Join(separator, parts[..site]);
        }

        return title;
    }

    /// <summary>Takes off, from either end, parts that are the site's name, or without which the rest is a headline that the page gives elsewhere.</summary>
    public static string Strip(string title, SiteNames sites, IReadOnlySet<string> headlines)
    {
        for (var round = 0; round < 3; round++)
        {
            var shorter = Shorter(title, sites, headlines);
            if (shorter is null)
                break;
            title = shorter;
        }

        return title.Trim();
    }

    private static string? Shorter(string title, SiteNames sites, IReadOnlySet<string> headlines)
    {
        foreach (var separator in title.AsSpan().ContainsAny(Marks) ? Separators : [])
        {
            var last = title.LastIndexOf(separator, StringComparison.Ordinal);
            if (last > 0 && (Splits(title[..last], title[(last + separator.Length)..], separator != ": " && separator != " : ", sites, headlines)
                    || (separator.Contains('|', StringComparison.Ordinal) && sites.IsSectionOrPart(title[(last + separator.Length)..]))))
                return title[..last];

            var first = title.IndexOf(separator, StringComparison.Ordinal);
            if (first > 0
                && Splits(title[(first + separator.Length)..], title[..first], separator is " | " or " : " or " » " or " :: " or ": ", sites, headlines))
                return title[(first + separator.Length)..];
        }

        var tight = title.LastIndexOfAny(Tight);
        return tight > 0
            && TextKey.Words(title[..tight]).Length >= 3
            && (sites.Contains(title[(tight + 1)..]) || (title[tight] == '_' && !title.Contains(' ', StringComparison.Ordinal)) || (title[tight] is not (':' or '：') && IsOutlet(title.AsSpan(tight + 1))))
            ? title[..tight].TrimEnd(Tight)
            : null;
    }

    // 雨落群岛-海港网: in scripts without blanks an outlet's name says so by its end.
    private static bool IsOutlet(ReadOnlySpan<char> part) =>
        part.Length is > 2 and <= 16 && NameAffixes.IsUnspaced(part[0]) && NameAffixes.IsOrganisation(part.ToString());

    private static bool Splits(string rest, string part, bool mayName, SiteNames sites, IReadOnlySet<string> headlines)
    {
        if (TextKey.Words(rest).Length < 3)
            return false;
        if (part.Length <= 24 && DateScanner.Find(part) is [{ Start: 0 } day] && day.End >= part.Length - 1)
            return true;
        return (mayName && part.Length <= 60 && sites.Contains(part)) || headlines.Contains(TextKey.Words(rest));
    }
}
