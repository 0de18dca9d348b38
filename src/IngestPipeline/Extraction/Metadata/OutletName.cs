namespace IngestPipeline.Extraction.Metadata;

/// <summary>
/// An outlet's name as it is on every page of its: without the article's headline, which some systems put before it, and without the slogan behind it
/// where one part alone is the site's own name.
/// </summary>
internal static class OutletName
{
    // A name this short has no slogan.
    private const int Short = 24;

    private static readonly string[] Breaks = [" | ", " - ", " – ", " — ", " · ", " :: ", "｜"];

    /// <summary>The part of a document's title, first or last, that spells the domain's name; null when none does.</summary>
    public static Sourced<string>? OfTitle(string? title, SiteNames sites)
    {
        var parts = title?.Split(Breaks, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        return parts.Length < 2 ? null : sites.IsDomain(parts[^1]) ? Of(parts[^1]) : sites.IsDomain(parts[0]) ? Of(parts[0]) : null;

        static Sourced<string> Of(string part) => new(part.Trim(' ', '|'), "title");
    }

    /// <summary>The name; null when the text is the headline, or a template's placeholder that nobody filled in.</summary>
    public static string? Of(string text, string? headline, SiteNames sites)
    {
        text = text.Trim();
        if (text.AsSpan().IndexOfAny("{}") >= 0 || IsHeadline(text))
            return null;

        var parts = text.Split(Breaks, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var names = Array.FindAll(parts, p => !IsHeadline(p));
        if (names.Length == 0)
            return null;
        if (names.Length < parts.Length)
            return names[^1];
        return text.Length > Short && Array.Find(names, sites.IsDomain) is { } own ? own.Trim('"', '“', '”') : text;

        bool IsHeadline(string part) => headline is not null && TextKey.Words(part) == TextKey.Words(headline);
    }
}
