using System.Globalization;
using System.Text;
using IngestPipeline.Deduplication;

namespace IngestPipeline.Benchmarks;

/// <summary>Invented pages, feeds and articles of fixed seeds, for machines without the benchmark data.</summary>
internal static class InventedCorpus
{
    private static readonly string[] Words =
        "harbour council river winter market bridge teacher village doctor station garden minister report storm letter school engine island paper window"
            .Split(' ');

    public static byte[] Page(int number)
    {
        var page = new StringBuilder(
            $"<!DOCTYPE html><html lang=en><head><title>Story {number}</title><meta name=author content='Ada Example'></head><body><nav><ul>");
        for (var i = 0; i < 120; i++)
            page.Append(CultureInfo.InvariantCulture, $"<li class='menu item-{i}'><a href='/section/{i}'>Section {i}</a></li>");
        page.Append("</ul></nav><main><article><h1>").Append(Prose(number, 9)).Append("</h1>");
        for (var i = 0; i < 25; i++)
            page.Append("<p>").Append(Prose(number * 31 + i, 70)).Append("</p><div class='ad'><span></span></div>");
        page.Append("</article></main><aside>");
        for (var i = 0; i < 150; i++)
            page.Append(CultureInfo.InvariantCulture, $"<div class='card teaser'><a href='/story/{i}'><img src='/i/{i}.jpg' alt=''><h3>")
                .Append(Prose(i, 8))
                .Append("</h3></a></div>");
        return Encoding.UTF8.GetBytes(page.Append("</aside><footer>All rights reserved</footer></body></html>").ToString());
    }

    public static byte[] Feed(int number)
    {
        var feed = new StringBuilder("<?xml version='1.0'?><rss version='2.0'><channel><title>Invented</title><link>https://news.example/</link>");
        for (var i = 0; i < 30; i++)
        {
            feed.Append(
                CultureInfo.InvariantCulture,
                $"<item><title>{Prose(number + i, 8)}</title><link>https://news.example/{number}/{i}</link><guid>{number}-{i}</guid>")
                .Append(
                    CultureInfo.InvariantCulture,
                    $"<pubDate>Fri, 02 Jan 2026 10:{i:00}:00 GMT</pubDate><description>&lt;p&gt;{Prose(number * 7 + i, 60)}&lt;/p&gt;</description></item>");
        }
        return Encoding.UTF8.GetBytes(feed.Append("</channel></rss>").ToString());
    }

    /// <summary>Every fourth article is a copy of an earlier one with its end cut off.</summary>
    public static CopyDocument Document(int number)
    {
        var isCopy = number % 4 == 3;
        var text = Prose(isCopy ? number - 3 : number, 350);
        return new() { Id = $"d{number}", Title = Prose(number, 8), Text = isCopy ? text[..(text.Length * 3 / 4)] : text };
    }

    private static string Prose(int seed, int words)
    {
        var random = new Random(seed);
        return string.Join(
            ' ', Enumerable.Range(0, words).Select(_ => Words[random.Next(Words.Length)] + random.Next(40).ToString(CultureInfo.InvariantCulture)));
    }
}
