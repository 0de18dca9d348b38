using System.Text;
using IngestPipeline.Feeds;
using IngestPipeline.Feeds.Dates;

namespace IngestPipeline.Tests.Feeds;

/// <summary>
/// Seeded mutations of small samples: reading never throws, ends, and says the same twice.
/// INGEST_FUZZ_RUNS sets how many; the default keeps a test run short.
/// </summary>
public sealed class FeedFuzzTests
{
    private static readonly int Runs = FuzzRuns.Of(4_000);

    private static readonly string[] Samples =
    [
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><!DOCTYPE rss [<!ENTITY a \"b\">]><rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xml:base=\"http://a/\"><channel><title>T &a; &amp; é</title><link>/</link><item><title><![CDATA[<b>x</b>]]></title><guid>1</guid><pubDate>Tue, 03 Feb 2026 07:15:00 GMT</pubDate><description>&lt;a href='x'&gt;</description><dc:creator>A (B)</dc:creator></item></channel></rss>",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\"><title type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">A <b>b</b><br/></div></title><entry xml:base=\"b/\"><id>1</id><link rel=\"enclosure\" href=\"x\"/><updated>2026-02-03T07:15:00Z</updated><author><name>N</name></author><content mode=\"base64\">PGI+</content><source><title>s</title></source></entry></feed>",
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\"><channel><title>T</title></channel><item rdf:about=\"http://a/1\"><title>x</title></item></rdf:RDF>",
        "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><url><loc>http://a/1</loc><lastmod>2026-02-03</lastmod></url></urlset>",
        "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"T\",\"items\":[{\"id\":\"\\ud83d\\ude00\",\"url\":\"/a\",\"tags\":[\"x\"],\"attachments\":[{\"url\":\"b\"}]}]}",
        "http://a/1\nhttp://a/2\n",
    ];

    private static readonly string[] Pieces =
    [
        "<", ">", "&", "\"", "'", "/>", "</", "<!--", "-->", "<![CDATA[", "]]>", "<?", "?>", "<!DOCTYPE", "[", "]", "&#x", "&amp;", "&nbsp;", "<item>",
        "</item>", "<entry>",
        "<b>", "</b>", "<a:b>", " xmlns=''", " xml:base='::'", "\0", "\u0001", "\uFFFE", "\r", "\r\n", "\u0085", "é", "𝄞", "--", "=", "<title>", "{", "}",
        "\\ud800", "\u00C3\u00A9",
    ];

    [Fact]
    public void Mutated_feeds_never_throw_and_read_the_same_twice()
    {
        var random = new Random(7);
        for (var run = 0; run < Runs; run++)
        {
            var bytes = Mutate(random);
            var source = new FeedSource(new Uri("http://a.example/feed"), run % 3 == 0 ? "text/xml; charset=" + (run % 2 == 0 ? "gb2312" : "utf-8") : null);

            var first = new FeedReader().Read(bytes, source);
            var second = new FeedReader().Read(bytes, source);

            Assert.Equal(Show(first), Show(second));
            Assert.True(first.Repairs.Count <= 32);
            Assert.True(first.IsFeed || first.Error is not null);
            // What is read comes from the document: it cannot be much longer than it.
            Assert.True(Show(first).Length < (bytes.Length + 400) * 24, $"run {run}");
            _ = FeedSniffer.LooksLikeFeed(bytes);
        }
    }

    [Fact]
    public void Every_cut_of_every_sample_is_read()
    {
        foreach (var sample in Samples.Select(Encoding.UTF8.GetBytes))
        {
            for (var length = 0; length <= sample.Length; length++)
                _ = new FeedReader().Read(sample.AsMemory(0, length), new FeedSource(new Uri("http://a.example/")));
        }
    }

    [Fact]
    public void Mutated_dates_never_throw()
    {
        string[] dates = ["Tue, 03 Feb 2026 07:15:00 +0100", "2026-02-03T07:15:00.5Z", "2004년 05월 28일 01:31:15", "mardi 3 février 2026 17h30", "12/31/2026 12:15 AM GMT+2", "20260203T0715-08"];
        const string alphabet = "0123456789:+-/.,TZ apmGMT\u2212年éΙ\0";
        var random = new Random(11);
        for (var run = 0; run < Runs * 10; run++)
        {
            var text = new StringBuilder(dates[random.Next(dates.Length)]);
            for (var n = random.Next(1, 6); n > 0; n--)
            {
                var at = random.Next(text.Length + 1);
                if (random.Next(3) == 0 && at < text.Length)
                    text.Remove(at, random.Next(1, Math.Min(4, text.Length - at) + 1));
                else
                    text.Insert(at, alphabet[random.Next(alphabet.Length)]);
            }
            if (FeedDate.Parse(text.ToString()) is { } date)
                Assert.InRange(date.Year, 1, 9999);
        }
    }

    private static byte[] Mutate(Random random)
    {
        var text = new StringBuilder(Samples[random.Next(Samples.Length)]);
        for (var n = random.Next(1, 8); n > 0; n--)
        {
            var at = random.Next(text.Length + 1);
            switch (random.Next(4))
            {
                case 0 when at < text.Length:
                    text.Remove(at, random.Next(1, Math.Min(40, text.Length - at) + 1));
                    break;
                case 1:
                    var from = random.Next(text.Length);
                    text.Insert(at, text.ToString(from, random.Next(0, Math.Min(60, text.Length - from) + 1)));
                    break;
                default:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
            }
            if (text.Length == 0)
                text.Append('<');
        }
        byte[] bytes = random.Next(12) == 0 ? Encoding.Unicode.GetBytes(text.ToString()) : Encoding.UTF8.GetBytes(text.ToString());
        for (var n = random.Next(4) == 0 ? random.Next(1, 6) : 0; n > 0; n--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    private static string Show(FeedReadResult result) =>
        $"{result.Format} {result.WellFormed} {result.Feed} {result.Error} {string.Join('|', result.Repairs)}\n"
        + string.Join('\n', result.Entries.Select(e =>
            $"{e.Id} {e.Title} {e.Link} {e.Published:O} {e.Updated:O} {e.Summary} {e.Content} {string.Join(',', e.Authors)} {string.Join(',', e.Categories)} {string.Join(',', e.Enclosures)}"));
}
