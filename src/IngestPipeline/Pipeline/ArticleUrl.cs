using System.Text;
using IngestPipeline.Fetching.Addresses;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline;

/// <summary>An article's address in the one form that its identity is made of.</summary>
/// <remarks>
/// Lower-case host in its ASCII form, no default port, no tracking parameters, percent-encoding normalised (RFC 3986, 6.2.2), an empty path as "/".
/// A fragment is a place in a page and goes, but for one that a script reads as a path of its own (<c>#!story/1</c>, <c>#/story/1</c>). http and https name the
/// same article: the identity leaves the scheme out, the URL keeps it.
/// </remarks>
public sealed record ArticleUrl
{
    /// <summary>The longest address that is accepted, in characters; a longer one is refused as hostile.</summary>
    public const int MaxLength = 4096;

    private ArticleUrl(string text)
    {
        Text = text;
        Id = ArticleId.Of(text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..]);
    }

    /// <summary>The normalised address.</summary>
    public string Text { get; }

    /// <summary>The article's id.</summary>
    public string Id { get; }

    /// <summary>Normalises an address; null when it cannot name a page: not absolute http or https, with credentials, too long.</summary>
    public static ArticleUrl? TryCreate(string? address)
    {
        if (address is null || address.Length > MaxLength || !Uri.TryCreate(address.Trim(), UriKind.Absolute, out var uri))
            return null;
        return TryCreate(uri);
    }

    /// <inheritdoc cref="TryCreate(string?)"/>
    public static ArticleUrl? TryCreate(Uri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (!uri.IsAbsoluteUri || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps) || uri.UserInfo.Length > 0 || uri.IdnHost.Length == 0)
            return null;

        var text = new StringBuilder(uri.Scheme).Append("://").Append(uri.IdnHost.ToLowerInvariant().TrimEnd('.'));
        if (!uri.IsDefaultPort)
            text.Append(':').Append(uri.Port);
        // Uri.AbsolutePath and Query come with percent-encoding already normalised and dot segments removed.
        text.Append(uri.AbsolutePath);
        AppendQuery(text, uri.Query);
        if (uri.Fragment is ['#', '!' or '/', ..] route)
        {
            var query = route.IndexOf('?', StringComparison.Ordinal);
            var path = query < 0 ? route : route[..query];
            if (path.AsSpan(1).ContainsAnyExcept('!', '/'))
            {
                text.Append(path);
                AppendQuery(text, query < 0 ? "" : route[query..]);
            }
        }

        return text.Length > MaxLength ? null : new ArticleUrl(text.ToString());
    }

    private static void AppendQuery(StringBuilder text, string query)
    {
        var separator = '?';
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            if (TrackingParameters.Holds(pair))
                continue;
            text.Append(separator).Append(pair);
            separator = '&';
        }
    }
}
