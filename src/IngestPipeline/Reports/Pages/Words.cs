namespace IngestPipeline.Reports.Pages;

/// <summary>The project's words in plain English.</summary>
internal static class Words
{
    /// <summary>Copy kinds in the order of charts.</summary>
    public static readonly string[] Kinds = ["unique", "original", "exact", "near", "version", "rewrite"];

    public static readonly string[] TextFrom = ["page", "feed", "text", "headline"];

    public static string Kind(string kind) => kind switch
    {
        "exact" => "exact copy",
        "near" => "near copy",
        _ => kind,
    };

    public static string KindMeaning(string kind) => kind switch
    {
        "unique" => "no other article repeats it",
        "original" => "the first or fullest of a group of copies",
        "exact" => "the same text as another article",
        "near" => "another article's text, edited, cut, padded or under another headline",
        "version" => "an earlier or later state of the same report",
        "rewrite" => "the same report told in other words",
        _ => "",
    };

    public static string From(string textFrom) => textFrom switch
    {
        "page" => "page",
        "feed" => "feed only",
        "headline" => "headline only",
        _ => textFrom,
    };

    public static string FromMeaning(string textFrom) => textFrom switch
    {
        "page" => "the page's own text",
        "feed" => "the page gave less than its feed, so the feed's text was kept",
        "text" => "input that was plain text",
        "headline" => "no text could be had; the headline is kept so that the story is not lost",
        _ => "",
    };

    /// <summary>A disposition's name as people read it: <c>not-an-article</c> → "not an article".</summary>
    public static string Disposition(string name) => string.Concat(name.Select((c, i) =>
        c == '-' ? " " : char.IsUpper(c) && i > 0 ? " " + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
}
