using System.Globalization;
using System.Net;
using IngestPipeline.Feeds.Lists;
using IngestPipeline.Tests.Fetching;
using Microsoft.AspNetCore.Http;

namespace IngestPipeline.Tests.Pipeline.Live;

/// <summary>An invented web that publishes as a clock goes: feeds and pages on a loopback server, each with what happens to it and when.</summary>
internal sealed class LiveDay(LoopbackSite site, TimeProvider time)
{
    private readonly DateTimeOffset _start = time.GetUtcNow();
    private readonly Dictionary<string, List<Item>> _feeds = new(StringComparer.Ordinal);

    public LoopbackSite Site => site;

    public FeedList Feeds => new([.. _feeds.Keys.Select(path => new FeedSettings { Url = site.Url(path) })]);

    /// <summary>A page, with its text from an hour on and other texts from later hours on.</summary>
    public LiveDay Page(string path, params (double Hour, string Title, string[] Paragraphs)[] texts)
    {
        site.On(path, context =>
        {
            var now = texts.Where(t => _start.AddHours(t.Hour) <= time.GetUtcNow()).ToList();
            if (now.Count == 0)
            {
                context.Response.StatusCode = 404;
                return Task.CompletedTask;
            }

            context.Response.ContentType = "text/html; charset=utf-8";
            return context.Response.WriteAsync(TestWeb.ArticleHtml(now[^1].Title, now[^1].Paragraphs));
        });
        return this;
    }

    /// <summary>A page that answers with a status for its first requests, and with its text after that.</summary>
    public LiveDay Flaky(string path, int status, int times, string title, string[] paragraphs)
    {
        var asked = 0;
        site.On(path, context =>
        {
            if (Interlocked.Increment(ref asked) <= times)
            {
                context.Response.StatusCode = status;
                return Task.CompletedTask;
            }

            context.Response.ContentType = "text/html; charset=utf-8";
            return context.Response.WriteAsync(TestWeb.ArticleHtml(title, paragraphs));
        });
        return this;
    }

    /// <summary>An entry of a feed from an hour on; a later one of the same path takes its place.</summary>
    public LiveDay Entry(string feed, double hour, string title, string? path, string? content = null)
    {
        if (!_feeds.TryGetValue(feed, out var items))
        {
            _feeds[feed] = items = [];
            site.On(feed, context => AnswerAsync(context, items));
        }

        items.Add(new(hour, title, path, content));
        return this;
    }

    private Task AnswerAsync(HttpContext context, List<Item> items)
    {
        var now = time.GetUtcNow();
        var shown = items.Where(i => _start.AddHours(i.Hour) <= now).GroupBy(i => i.Path ?? i.Title).Select(g => g.Last()).ToList();
        var etag = string.Create(CultureInfo.InvariantCulture, $"\"{items.Count(i => _start.AddHours(i.Hour) <= now)}\"");
        context.Response.Headers.ETag = etag;
        if (context.Request.Headers.IfNoneMatch == etag)
        {
            context.Response.StatusCode = 304;
            return Task.CompletedTask;
        }

        context.Response.ContentType = "application/rss+xml";
        return context.Response.WriteAsync(
            $"""
            <?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The {WebUtility.HtmlEncode(context.Request.Path)} Post</title>
            <link>{site.Root}</link><description>d</description>{string.Concat(shown.Select(Xml))}</channel></rss>
            """);
    }

    private string Xml(Item item) =>
        $"<item><title>{WebUtility.HtmlEncode(item.Title)}</title>{(item.Path is null ? "" : $"<link>{site.Url(item.Path)}</link>")}<guid>{item.Path ?? item.Title}</guid>"
        + $"{(item.Content is null ? "" : $"<content:encoded><![CDATA[{item.Content}]]></content:encoded>")}</item>\n";

    private sealed record Item(double Hour, string Title, string? Path, string? Content);
}
