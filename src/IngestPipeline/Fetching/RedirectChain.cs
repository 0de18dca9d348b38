using System.Globalization;
using System.Net;

namespace IngestPipeline.Fetching;

/// <summary>The addresses that one fetch asked, in order.</summary>
internal sealed class RedirectChain
{
    private readonly Uri _start;
    private readonly HashSet<string> _asked;
    private bool _permanent = true;

    public RedirectChain(Uri start) => (_start, _asked, At) = (start, [Key(start)], start);

    /// <summary>The address that is asked now.</summary>
    public Uri At { get; private set; }

    /// <summary>True until the chain has left the origin that it started from; it stays false then, wherever it leads.</summary>
    public bool IsSameOrigin { get; private set; } = true;

    /// <summary>Where permanent redirects alone have led; null where there was none, or a temporary one before it.</summary>
    public Uri? MovedTo => _permanent && _asked.Count > 1 ? At : null;

    /// <summary>Goes on to the next address, or says why not.</summary>
    public string? Follow(Uri next, HttpStatusCode status)
    {
        if (_asked.Count > PageFetcher.MaxRedirects)
            return string.Create(CultureInfo.InvariantCulture, $"more than {PageFetcher.MaxRedirects} redirects");
        if (next.Scheme != Uri.UriSchemeHttp && next.Scheme != Uri.UriSchemeHttps)
            return "it redirects to an address that is not http or https";
        if (!_asked.Add(Key(next)))
            return "it redirects in a circle";

        // A new feed address is taken over only where every step of the way was meant for good.
        _permanent &= status is HttpStatusCode.MovedPermanently or HttpStatusCode.PermanentRedirect;
        IsSameOrigin &= RequestFields.SameOrigin(_start, next);
        At = next;
        return null;
    }

    private static string Key(Uri url) => url.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);
}
