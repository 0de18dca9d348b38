using IngestPipeline.Archive;

namespace IngestPipeline.Fetching;

/// <summary>Makes the request of one hop: who asks, what is known already, and the credentials where they may go.</summary>
internal static class RequestFields
{
    private const string Types =
        "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8";

    public static HttpRequestMessage Make(FetchRequest request, Uri at, bool sameOrigin, string? userAgent)
    {
        // A fragment is the reader's, not the server's.
        var message = new HttpRequestMessage(HttpMethod.Get, at.Fragment.Length == 0 ? at : new Uri(at.GetLeftPart(UriPartial.Query)));
        Add(message, "User-Agent", userAgent);
        Add(message, "Accept", Types);
        Add(message, "Accept-Encoding", "gzip, deflate, br");
        // Opaque: what the server wrote is what it gets, also where it is not what the standard asks for.
        Add(message, "If-None-Match", request.ETag);
        Add(message, "If-Modified-Since", request.LastModified);
        if (request.WantsFeed && (request.ETag ?? request.LastModified) is not null)
            Add(message, "A-IM", "feed");
        if (sameOrigin)
        {
            foreach (var (name, value) in request.Headers)
                Add(message, name, value);
        }

        message.Options.Set(CaptureHandler.SecretFields, [.. request.Headers.Select(h => h.Key)]);
        return message;
    }

    /// <summary>True when credentials for one address may be sent to the other.</summary>
    public static bool SameOrigin(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Port == other.Port && one.IdnHost.Equals(other.IdnHost, StringComparison.OrdinalIgnoreCase);

    private static void Add(HttpRequestMessage message, string name, string? value)
    {
        if (value is not null && value.AsSpan().IndexOfAny('\r', '\n', '\0') < 0)
            message.Headers.TryAddWithoutValidation(name, value);
    }
}
