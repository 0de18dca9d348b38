using System.Globalization;
using IngestPipeline.Records;

namespace IngestPipeline.Reports.Pages;

/// <summary>The files of a report. Names are made of fixed words, days, ids and hashes, never of text from outside.</summary>
internal static class PageNames
{
    public const string Today = "index.html";
    public const string Feeds = "feeds.html";
    public const string Stories = "stories.html";
    public const string Stripped = "stripped.html";
    public const string Trends = "trends.html";
    public const string Articles = "articles.html";
    public const string Help = "help.html";
    public const string Live = "live.html";

    public static string Article(string id) => $"article/{Safe(id)}.html";

    public static string Story(string id) => $"story/{Safe(id)}.html";

    public static string Compare(string id) => $"compare/{Safe(id)}.html";

    public static string Site(string site) => $"site/{ArticleId.Of(site)[..16]}.html";

    public static string Rule(string rule) => "rule-" + ArticleId.Of(rule)[..8];

    public static string Day(string day, int page) =>
        string.Create(CultureInfo.InvariantCulture, $"day/{Safe(day)}{(page > 1 ? "-" + page : "")}.html");

    // Ids are hexadecimal; whatever else a damaged record holds is hashed.
    private static string Safe(string id) =>
        id.Length is > 0 and <= 64 && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? id : ArticleId.Of(id);
}
