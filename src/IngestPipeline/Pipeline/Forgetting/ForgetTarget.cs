using System.Text.Json;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Forgetting;

/// <summary>What shall be forgotten: one address or id, or all of an outlet.</summary>
public sealed record ForgetTarget
{
    private ForgetTarget(string? id, string? outlet) => (Id, Outlet) = (id, outlet);

    /// <summary>The id of the address or article; null for an outlet.</summary>
    internal string? Id { get; }

    /// <summary>The outlet's name, or its site; null for an article.</summary>
    internal string? Outlet { get; }

    /// <summary>True for one address or id.</summary>
    public bool IsArticle => Id is not null;

    /// <summary>All articles of an outlet, by its name or its site (the host without "www.").</summary>
    public static ForgetTarget OfOutlet(string outlet) => new(null, outlet);

    /// <summary>One article, by its address (as asked for, or where redirects led) or its id; null when it is neither.</summary>
    public static ForgetTarget? OfArticle(string article)
    {
        ArgumentNullException.ThrowIfNull(article);
        return article.Length == 32 && article.All(char.IsAsciiHexDigitLower)
            ? new(article, null)
            : ArticleUrl.TryCreate(article) is { } url
            ? new(url.Id, null)
            : null;
    }

    /// <summary>The addresses of an article that is meant, as ids; null when it is not.</summary>
    internal IReadOnlyList<string>? Match(ReadOnlySpan<byte> article)
    {
        try
        {
            var json = JsonElement.Parse(article);
            if (RecordJson.Text(json, "id") is not { } id)
                return null;
            var addresses = new[] { RecordJson.Text(json, "url"), RecordJson.Text(json, "finalUrl") }.Select(ArticleUrl.TryCreate)
                .OfType<ArticleUrl>()
                .Select(u => u.Id)
                .Prepend(id)
                .Distinct()
                .ToList();
            return Outlet is null ? (addresses.Contains(Id!) ? addresses : null) : IsOf(json) ? addresses : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>True for an address of the outlet's site, or the address itself.</summary>
    internal bool Match(ArticleUrl url) => Outlet is null ? url.Id == Id : Is(SafeLink.Site(url.Text));

    private bool IsOf(JsonElement article) =>
        (article.TryGetProperty("outlet", out var outlet) && outlet.ValueKind == JsonValueKind.Object && Is(RecordJson.Text(outlet, "value")))
            || Is(SafeLink.Site(RecordJson.Text(article, "url")));

    private bool Is(string? name) => string.Equals(name, Outlet, StringComparison.OrdinalIgnoreCase);
}
