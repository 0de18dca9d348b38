using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace IngestPipeline.Simulation;

/// <summary>
/// A small web of invented outlets: feeds, pages, a wire that several carry, pages that are corrected, vanish, stumble or may not be fetched. What it
/// answers depends on the seed, the address, the clock and how often it was asked.
/// </summary>
internal sealed class World : HttpMessageHandler
{
    private static readonly string[] Hosts = ["north.example", "south.example", "east.example"];
    private static readonly string[] Who = ["The harbour board", "A county court", "The weather service", "The island's only bakery", "A group of parents", "The ferry company", "The mayor's office", "A retired teacher"];
    private static readonly string[] Did =
        ["has rejected", "will appeal against", "welcomed", "paid for", "lost track of", "voted on", "measured", "rebuilt", "sold", "described"];
    private static readonly string[] What = ["the new breakwater", "plans for a night bus", "a grant of 40,000 crowns", "the old signal station", "three proposals for the market hall", "the repair of the sea road", "a list of protected trees", "the timetable for the winter", "its archive of tide tables", "a bridge over the mill stream"];
    private static readonly string[] Why = ["because costs have risen for the third year in a row", "after a hearing that lasted until midnight", "although nobody had asked for it", "following a storm that flooded nine cellars", "as the council had promised in the spring", "while the experts are still counting", "in spite of a petition with two thousand names", "before the deadline that the ministry has set"];

    private readonly TimeProvider _time;
    private readonly Faults _faults;
    private readonly ConcurrentDictionary<(string Host, DateOnly Day), int> _asked = new();

    // What each outlet puts under all its reports, and no rule names.
    private static string House(string host) => $"The reporters of {host} work from a boathouse that the town council lets to them for nothing.";

    // One outlet has pages of two entries, one has a cap, and one has these habits.
    private readonly Habits _habits;

    public World(int seed, TimeProvider time, Faults faults, DateTimeOffset before, DateTimeOffset start)
    {
        (_time, _faults, _habits) = (time, faults, faults.IsFree ? Habits.None : Habits.Draw(seed, start));
        var random = new Random(seed);
        var stories = new List<Story>();
        for (var n = 0; n < 9; n++)
        {
            var text = Text(random);
            var at = start.AddMinutes(random.Next(0, 150));
            var kind = random.Next(10) switch { 0 => StoryKind.Missing, 1 => StoryKind.Corrected, 2 => StoryKind.Forbidden, 3 => StoryKind.Moved, _ => StoryKind.Plain };
            var carriers = n % 3 == 0 ? Hosts : [Hosts[random.Next(Hosts.Length)]];
            foreach (var host in carriers)
                stories.Add(new(host, n, Title(random), text, at.AddMinutes(random.Next(0, 30)), carriers.Length > 1 ? StoryKind.Plain : kind));
        }

        for (var n = 0; n < (_habits.Reuses ? 4 : 0); n++)
            stories.Add(new(Hosts[1], 50 + n, Title(random), Text(random), start.AddMinutes(random.Next(0, 180)), StoryKind.Plain) { IsBulletin = true });

        // Two evenings before, so that the outlets have taught what their own blocks are.
        for (var n = 0; n < 5; n++)
        {
            foreach (var host in Hosts)
                stories.Add(
                    new(
                        host, 100 + (Array.IndexOf(Hosts, host) * 10) + n, Title(random), Text(random), before.AddMinutes((5 * n) + random.Next(5)),
                        StoryKind.Plain));
        }

        Stories = stories;
    }

    public IReadOnlyList<Story> Stories { get; }

    /// <summary>The outlet whose feed has a daily cap.</summary>
    public static string CappedHost => Hosts[2];

    /// <summary>The most pages of an outlet that were asked for on one day.</summary>
    public int MostPagesADay(string host) => _asked.Where(a => a.Key.Host == host).Select(a => a.Value).DefaultIfEmpty().Max();

    public static IEnumerable<Uri> Feeds => [.. Hosts.Select(h => new Uri($"https://{h}/feed.xml")), new($"https://{Hosts[1]}/topics.xml")];

    // Of one page, however a feed writes its address.
    private static Uri Plain(Uri url) => new UriBuilder(url) { Scheme = "https", Port = -1, Query = "", Fragment = "" }.Uri;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var url = request.RequestUri!;
        if (_faults.IsDead)
            throw new DeadProcessException();
        if (Stories.Any(s => s.Url == Plain(url)))
            _asked.AddOrUpdate((url.Host, DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime)), 1, static (_, n) => n + 1);
        if (_faults.IsOn && url.AbsolutePath != "/robots.txt")
        {
            switch (_faults.Draw("web " + url))
            {
                case < 60:
                    return Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Headers = { { "Retry-After", "90" } } });
                case < 90:
                    throw new HttpRequestException(HttpRequestError.ConnectionError, "simulated: connection refused");
                case < 110:
                    return Task.FromResult(new HttpResponseMessage(HttpStatusCode.TooManyRequests));
            }
        }

        return Task.FromResult(HabitsOf(url.Host).IsOut(_time.GetUtcNow()) ? new(HttpStatusCode.BadGateway) : Answer(request, url));
    }

    private Habits HabitsOf(string host) => host == Hosts[1] ? _habits : host == Hosts[0] ? Habits.None with { Pins = _habits.Pins } : Habits.None;

    private HttpResponseMessage Answer(HttpRequestMessage request, Uri url) => url.AbsolutePath switch
    {
        "/robots.txt" => Page("User-agent: *\nDisallow: /private/\n", "text/plain"),
        "/feed.xml" when HabitsOf(url.Host).Moves <= _time.GetUtcNow() =>
            new(HttpStatusCode.MovedPermanently) { Headers = { Location = new($"https://{url.Host}/all/feed.xml") } },
        "/feed.xml" or "/all/feed.xml" => Feed(request, url),
        "/topics.xml" => Topics(request),
        _ => At(Plain(url)) is { } story ? Story(story, Plain(url)) : new(HttpStatusCode.NotFound),
    };

    private HttpResponseMessage Feed(HttpRequestMessage request, Uri url)
    {
        var (now, host) = (_time.GetUtcNow(), url.Host);
        var shown = Stories.Where(s => s.Host == host && s.At <= now && !IsDropped(s, now)).OrderByDescending(s => s.At).ToList();
        var (earlier, first) = ("", HabitsOf(host).Pins ? shown.LastOrDefault() : null);
        // One outlet shows two entries a document and names the document before: what comes in a pause is found there alone.
        if (host == Hosts[0])
        {
            var page = int.TryParse(url.Query.AsSpan(Math.Min(url.Query.Length, 6)), CultureInfo.InvariantCulture, out var number) ? number : 1;
            if (shown.Count > page * 2)
                earlier = string.Create(CultureInfo.InvariantCulture, $"<atom:link rel=\"next\" href=\"https://{host}/feed.xml?page={page + 1}\"/>");
            shown = [.. shown.Skip((page - 1) * 2).Take(2)];
        }

        if (first is not null)
            shown = [first, .. shown.Where(s => s != first)];
        var xml = new StringBuilder($"<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel><title>{host}</title>{earlier}");
        foreach (var story in shown)
            xml.Append(
                CultureInfo.InvariantCulture,
                $"<item><guid isPermaLink=\"false\">{host}-{story.Number}</guid><title>{Headline(story, now)}</title><link>{(IsReaddressed(story, now) ? story.Readdressed : story.Url)}</link><pubDate>{story.At:r}</pubDate></item>");

        return Document(request, xml);
    }

    // Its own entries for pages that its outlet's feed or another outlet's names: some come later, and every second goes after three quarters of an hour.
    private HttpResponseMessage Topics(HttpRequestMessage request)
    {
        var now = _time.GetUtcNow();
        var xml = new StringBuilder($"<rss version=\"2.0\"><channel><title>Topics</title>");
        foreach (var story in Stories.Where(s => _habits.Shares && !s.IsBulletin && (s.Host == Hosts[1] || (s.Host == Hosts[0] && s.Number % 3 == 0))))
        {
            var from = story.At.AddMinutes(story.Number % 3 * 8);
            if (now < from || (story.Number % 2 == 0 && now >= from.AddMinutes(45)))
                continue;
            var link = (story.Number % 4) switch
            {
                0 => story.Url + "?utm_source=topics&amp;utm_medium=rss",
                1 => "http" + story.Url.AbsoluteUri[5..],
                2 => story.Url + "#comments",
                _ => story.Url.AbsoluteUri,
            };
            xml.Append(
                CultureInfo.InvariantCulture,
                $"<item><guid isPermaLink=\"false\">topics {story.Host} {story.Number}</guid><title>{(story.Number % 5 == 2 ? "In short: " : "")}{story.Title}</title><link>{link}</link><pubDate>{from:r}</pubDate></item>");
        }

        return Document(request, xml);
    }

    // What stands in the other feed for good.
    private bool IsDropped(Story story, DateTimeOffset now) =>
        HabitsOf(story.Host).Shares && !story.IsBulletin && story.Number % 4 == 1 && now >= story.At.AddMinutes(15);

    private static HttpResponseMessage Document(HttpRequestMessage request, StringBuilder xml)
    {
        var body = xml.Append("</channel></rss>").ToString();
        var tag = "\"" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))[..12] + "\"";
        var answer = request.Headers.NonValidated.TryGetValues("If-None-Match", out var known) && known.ToString() == tag
            ? new HttpResponseMessage(HttpStatusCode.NotModified)
            : Page(body, "application/rss+xml");
        answer.Headers.TryAddWithoutValidation("ETag", tag);
        return answer;
    }

    // The latest bulletin stands where the one before it stood.
    private Story? At(Uri url) =>
        Stories.Where(s => s.Url == url || s.MovedTo == url || s.Readdressed == url)
            .Where(s => !s.IsBulletin || s.At <= _time.GetUtcNow())
            .MaxBy(s => s.IsBulletin ? s.At : default);

    /// <summary>True for a page that is gone an hour after it was published.</summary>
    public bool IsWithdrawn(Story story) => !story.IsBulletin && HabitsOf(story.Host).Withdraws && story.Number % 4 == 3;

    private static bool IsCorrected(Story story, DateTimeOffset now) => story.Kind == StoryKind.Corrected && now >= story.At.AddMinutes(50);

    private bool IsReaddressed(Story story, DateTimeOffset now) =>
        HabitsOf(story.Host).Readdresses && !story.IsBulletin && story.Kind == StoryKind.Plain && story.Number % 2 == 0 && now >= story.At.AddMinutes(40);

    private string Headline(Story story, DateTimeOffset now)
    {
        var edits = HabitsOf(story.Host).Edits && story.Number % 3 == 1
            ? (now - story.At).TotalMinutes switch { < 20 => "", < 60 => " - latest", _ => " - what we know" }
            : "";
        return story.Title + edits + (IsCorrected(story, now) ? " (corrected)" : "");
    }

    private HttpResponseMessage Story(Story story, Uri url)
    {
        var now = _time.GetUtcNow();
        if (story.Kind == StoryKind.Missing)
            return new(HttpStatusCode.NotFound);
        if (story.Kind == StoryKind.Moved && url == story.Url)
            return new(HttpStatusCode.MovedPermanently) { Headers = { Location = story.MovedTo } };
        if (IsReaddressed(story, now) && url == story.Url)
            return new(HttpStatusCode.MovedPermanently) { Headers = { Location = story.Readdressed } };
        if (IsWithdrawn(story) && now >= story.At.AddHours(1))
            return new(HttpStatusCode.Gone);
        var text = IsCorrected(story, now)
            ? [.. story.Text, "Correction: an earlier version of this report gave a wrong date for the hearing, which will be held on Thursday."]
            : story.Text;
        return Page($"""
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{story.Title} - {story.Host}</title></head><body>
            <nav><a href="/">Home</a> <a href="/sport">Sport</a> <a href="/weather">Weather</a></nav>
            <main><article><h1>{story.Title}</h1>{string.Concat(text.Select(p => $"<p>{p}</p>"))}<p>{House(story.Host)}</p></article></main>
            <footer><a href="/about">About us</a> <a href="/contact">Contact</a></footer></body></html>
            """, "text/html; charset=utf-8");
    }

    private static HttpResponseMessage Page(string body, string type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return new(HttpStatusCode.OK) { Content = content };
    }

    private static string[] Text(Random random) =>
        [.. Enumerable.Range(0, 6).Select(_ => string.Join(' ', Enumerable.Range(0, 4).Select(_ => $"{Pick(random, Who)} {Pick(random, Did)} {Pick(random, What)} {Pick(random, Why)}, {random.Next(2, 900)} of them in {(char)('A' + random.Next(26))}{random.Next(100, 999)} alone.")))];

    private static string Title(Random random) => $"{Pick(random, Who)} {Pick(random, Did)} {Pick(random, What)}";

    private static string Pick(Random random, string[] words) => words[random.Next(words.Length)];
}
