using System.Buffers;
using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>
/// Finds the day of publication in the scripts of a page that is told nowhere else: in the data from which it is built in the browser
/// (<c>"publishedAt":"2026-03-14"</c>), or in a call that writes a date at its place (<c>showDate("2026/03/14")</c>).
/// </summary>
internal static class ScriptDates
{
    private const int MaxScript = 2 * 1024 * 1024;
    private const int MaxDates = 200;
    private const int MaxName = 30;
    private const int MaxCall = 200;
    private const int MinHead = 8;
    private const int MaxHead = 24;

    // A day that only scripts tell is trusted less than any that is shown or told beside the headline.
    private const int DataTrust = 260;
    private const int CallTrust = 210;

    private static readonly SearchValues<string> Names =
        SearchValues.Create(
            ["publi", "pubdate", "pub_date", "deploy", "releasedat", "release_dat", "issued", "postdate", "post_date", "postedat", "regdate", "createdat", "created_at", "createdate"],
            StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<char> Quotes = SearchValues.Create("\"'\\");

    /// <summary>The day that the scripts agree on or tell next to the page's title; null when they tell none.</summary>
    public static DateCandidate? Find(TreeDocument document, PageFacts facts)
    {
        var head = Head(facts.Scan.Meta("og:title", "twitter:title")?.Content ?? facts.Scan.Title);
        DateCandidate? written = null;
        foreach (var script in document.Scripts())
        {
            var text = script.Span;
            if (text.Length > MaxScript)
                continue;
            if (OfData(text, head, facts) is { } told)
                return told;
            written ??= OfCall(text, facts);
        }

        return written;
    }

    // Data may hold many articles: then the date that stands next to the page's title is its own.
    private static DateCandidate? OfData(ReadOnlySpan<char> text, string? head, PageFacts facts)
    {
        var found = new List<(DateCandidate Date, int At)>();
        for (var at = 0; found.Count < MaxDates && text[at..].IndexOfAny(Names) is var step and >= 0;)
        {
            at += step;
            var end = at;
            while (end < text.Length && end - at < MaxName && (char.IsAsciiLetter(text[end]) || text[end] is '_' or '-'))
                end++;
            if (ValueAt(text, end) is { } value
                && !text[at..end].EndsWith("id", StringComparison.OrdinalIgnoreCase)
                && LooseDate.TryRead(value, facts.DateLocale, out var hit))
                found.Add((new(hit.Date, DateRole.Published, DataTrust, string.Concat("script:", text[at..end]), hit.Swapped), at));
            at = end;
        }

        if (found.Count == 0)
            return null;
        if (found.TrueForAll(f => f.Date.Date.Day == found[0].Date.Date.Day))
            return found[0].Date;
        return head is not null && text.IndexOf(head) is var title and >= 0 ? found.MinBy(f => Math.Abs(f.At - title)).Date : null;
    }

    // What stands in quotes behind a name and a colon; data inside strings has its quotes escaped.
    private static string? ValueAt(ReadOnlySpan<char> text, int at)
    {
        var start = at;
        while (start < text.Length && start - at < 12 && text[start] is '\\' or '"' or '\'' or ' ' or ':' or '=' or ',')
            start++;
        if (start == at || start >= text.Length || text[at..start].IndexOfAny(':', '=', ',') < 0)
            return null;

        var length = text.Slice(start, Math.Min(45, text.Length - start)).IndexOfAny(Quotes);
        return length is >= 8 and <= 40 ? text.Slice(start, length).ToString() : null;
    }

    private static DateCandidate? OfCall(ReadOnlySpan<char> text, PageFacts facts)
    {
        if (text.Length > MaxCall || !text.Contains('(') || text.Contains("cookie", StringComparison.OrdinalIgnoreCase))
            return null;

        // "/20260314/tool.js" is an address.
        return DateScanner.Find(text.ToString(), facts.DateLocale) is [var only] && !(only.Start > 0 && text[only.Start - 1] == '/')
            ? new(only.Date, DateRole.Unnamed, CallTrust, "script:call", only.Swapped)
            : null;
    }

    // The start of the title up to what scripts escape.
    private static string? Head(string? title)
    {
        var plain = title.AsSpan();
        if (plain.IndexOfAny("\"'\\&<>/") is var odd and >= 0)
            plain = plain[..odd];
        return plain.Length < MinHead ? null : plain[..Math.Min(plain.Length, MaxHead)].ToString();
    }
}
