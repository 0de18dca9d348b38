using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;

namespace IngestPipeline.Tests.Shared;

/// <summary>
/// A web in process, in place of the sockets: many hosts, each with a feed and its pages, which takes its time, fails when it is told to, and notes
/// how it was treated.
/// </summary>
/// <param name="hosts">How many hosts.</param>
/// <param name="time">The clock.</param>
/// <param name="latency">How long an answer takes; zero = none.</param>
internal sealed class LoadWeb(int hosts, TimeProvider time, TimeSpan latency) : HttpMessageHandler
{
    private static readonly string[] Words = ["harbour", "council", "storm", "ferry", "bridge", "school", "market", "court", "doctor", "island", "winter", "budget", "railway", "forest", "teacher", "museum", "engine", "tax", "river", "strike"];

    private readonly Host[] _hosts = [.. Enumerable.Range(0, hosts).Select(_ => new Host())];
    private readonly Random _random = new(7);
    private long _requests;
    private int _most;
    private int _underWay;

    public IEnumerable<Uri> Feeds => Enumerable.Range(0, hosts).Select(n => new Uri($"https://{Name(n)}/feed.xml"));

    /// <summary>Answers of a thousand that fail.</summary>
    public int FailsPerMille { get; set; }

    /// <summary>Requests for feeds and pages so far.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>The most requests under way at once, to all hosts.</summary>
    public int MostAtOnce => _most;

    /// <summary>The most requests under way at once to one host.</summary>
    public int MostAtOnceOfAHost => _hosts.Max(h => h.Most);

    /// <summary>The least time between the end of a request to a host and the start of the next.</summary>
    public TimeSpan SmallestGap => _hosts.Min(h => h.SmallestGap);

    /// <summary>How many articles were published.</summary>
    public int Published => _hosts.Sum(h => h.Published.Count);

    /// <summary>When an article was published, by its address.</summary>
    public ConcurrentDictionary<string, DateTimeOffset> At { get; } = new(StringComparer.Ordinal);

    /// <summary>A host publishes one more article.</summary>
    public void Publish(int host)
    {
        lock (_hosts[host])
        {
            var at = time.GetUtcNow();
            At[$"https://{Name(host)}/story-{_hosts[host].Published.Count}.html"] = at;
            _hosts[host].Published.Add(at);
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var url = request.RequestUri!;
        var number = int.Parse(url.Host.AsSpan(1, url.Host.IndexOf('.', StringComparison.Ordinal) - 1), CultureInfo.InvariantCulture);
        var fault = Draw();
        Begin(_hosts[number]);
        try
        {
            if (latency > TimeSpan.Zero)
                await Task.Delay(latency, time, cancellationToken);
            return Fault(fault) ?? Answer(number, url.AbsolutePath);
        }
        finally
        {
            End(_hosts[number]);
        }
    }

    private static string Name(int host) => string.Create(CultureInfo.InvariantCulture, $"h{host}.example");

    private void Begin(Host host)
    {
        Interlocked.Increment(ref _requests);
        var now = Interlocked.Increment(ref _underWay);
        lock (host)
        {
            _most = Math.Max(_most, now);
            host.Most = Math.Max(host.Most, ++host.UnderWay);
            if (host.Ended is { } ended && time.GetUtcNow() - ended < host.SmallestGap)
                host.SmallestGap = time.GetUtcNow() - ended;
        }
    }

    private void End(Host host)
    {
        Interlocked.Decrement(ref _underWay);
        lock (host)
        {
            host.UnderWay--;
            host.Ended = time.GetUtcNow();
        }
    }

    private int? Draw()
    {
        lock (_random)
            return _random.Next(1000) is var draw && draw < FailsPerMille ? draw % 4 : null;
    }

    private static HttpResponseMessage? Fault(int? kind) => kind switch
    {
        0 => new(HttpStatusCode.ServiceUnavailable) { Headers = { { "Retry-After", "10" } } },
        1 => new(HttpStatusCode.InternalServerError),
        2 => throw new HttpRequestException(HttpRequestError.ConnectionError, "simulated: connection refused"),
        3 => throw new HttpRequestException(HttpRequestError.ResponseEnded, "simulated: the answer broke off"),
        _ => null,
    };

    private HttpResponseMessage Answer(int host, string path)
    {
        if (path == "/robots.txt")
            return Body("User-agent: *\nDisallow:\n", "text/plain");
        lock (_hosts[host])
        {
            var published = _hosts[host].Published;
            if (path == "/feed.xml")
            {
                var xml = new StringBuilder($"<rss version=\"2.0\"><channel><title>{Name(host)}</title>");
                // A feed shows its latest; a burst is shown whole.
                for (var n = published.Count - 1; n >= Math.Max(0, published.Count - 500); n--)
                    xml.Append(
                        CultureInfo.InvariantCulture,
                        $"<item><title>{Title(host, n)}</title><link>https://{Name(host)}/story-{n}.html</link><guid>{n}</guid><pubDate>{published[n]:r}</pubDate></item>");
                return Body(xml.Append("</channel></rss>").ToString(), "application/rss+xml");
            }

            return int.TryParse(path.AsSpan(path.LastIndexOf('-') + 1).TrimEnd(".html"), CultureInfo.InvariantCulture, out var story) && story < published.Count
                ? Body(Page(host, story), "text/html; charset=utf-8")
                : new(HttpStatusCode.NotFound);
        }
    }

    private static string Title(int host, int story) =>
        string.Create(CultureInfo.InvariantCulture, $"Report {story} of host {host} on the {Words[(host + story) % Words.Length]}");

    private static string Page(int host, int story)
    {
        var random = new Random((host * 10_007) + story);
        var page = new StringBuilder(
            $"<!DOCTYPE html><html lang=\"en\"><head><title>{Title(host, story)}</title></head><body><nav><a href=\"/\">Home</a></nav><main><article><h1>{Title(host, story)}</h1>");
        for (var paragraph = 0; paragraph < 5; paragraph++)
        {
            page.Append("<p>");
            for (var word = 0; word < 60; word++)
                page.Append(Words[random.Next(Words.Length)]).Append(' ').Append(random.Next(10_000)).Append(word % 12 == 11 ? ". The " : " ");
            page.Append("</p>");
        }

        return page.Append("</article></main></body></html>").ToString();
    }

    private static HttpResponseMessage Body(string body, string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return new(HttpStatusCode.OK) { Content = content };
    }

    private sealed class Host
    {
        public List<DateTimeOffset> Published { get; } = [];

        public DateTimeOffset? Ended { get; set; }

        public TimeSpan SmallestGap { get; set; } = TimeSpan.MaxValue;

        public int UnderWay { get; set; }

        public int Most { get; set; }
    }
}
