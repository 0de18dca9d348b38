using System.Text;
using IngestPipeline.Fetching.Robots;

namespace IngestPipeline.Tests.Fetching.Robots;

/// <summary>RFC 9309, section by section.</summary>
public sealed class RobotsFileTests
{
    [Theory]
    // 2.2.1: the group of the product token, without case, however often it stands; else everyone's.
    [InlineData("User-agent: ingestpipeline\nDisallow: /a", "/a", false)]
    [InlineData("User-agent: IngestPipeline/2.0\nDisallow: /a", "/a", false)]
    [InlineData("User-agent: IngestPipelineNews\nDisallow: /a", "/a", true)]
    [InlineData("User-agent: *\nDisallow: /\n\nUser-agent: IngestPipeline\nDisallow: /b", "/a", true)]
    [InlineData("User-agent: IngestPipeline\nDisallow: /a\n\nUser-agent: other\nDisallow: /c\n\nUser-agent: ingestpipeline\nDisallow: /b", "/b", false)]
    [InlineData("User-agent: IngestPipeline\nDisallow: /a\n\nUser-agent: other\nDisallow: /c\n\nUser-agent: ingestpipeline\nDisallow: /b", "/a", false)]
    [InlineData("User-agent: other\nUser-agent: IngestPipeline\nDisallow: /a", "/a", false)]
    [InlineData("User-agent: other\nDisallow: /a", "/a", true)]
    [InlineData("Disallow: /a", "/a", true)]
    [InlineData("", "/a", true)]
    [InlineData("<html>no robots here: 404</html>", "/a", true)]
    // 2.2.2: the longest match decides, Allow where both are as long; an empty rule says nothing.
    [InlineData("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true)]
    [InlineData("User-agent: *\nAllow: /a/b\nDisallow: /a", "/a/c", false)]
    [InlineData("User-agent: *\nDisallow: /page\nAllow: /page", "/page", true)]
    [InlineData("User-agent: *\nDisallow:", "/a", true)]
    [InlineData("User-agent: *\nDisallow: /\nAllow: /$", "/", true)]
    [InlineData("User-agent: *\nDisallow: /\nAllow: /$", "/a", false)]
    [InlineData("User-agent: *\nDisallow: /", "/robots.txt", true)]
    [InlineData("User-agent: *\nDisallow: /A", "/a", true)]
    [InlineData("User-agent: *\nDisallow: /a?b", "/a?b=1", false)]
    [InlineData("User-agent: *\nDisallow: a", "/a", false)]
    // 2.2.2: octets outside ASCII and reserved ones are compared as they are encoded.
    [InlineData("User-agent: *\nDisallow: /foo/bar/ツ", "/foo/bar/%E3%83%84", false)]
    [InlineData("User-agent: *\nDisallow: /foo/bar/%E3%83%84", "/foo/bar/ツ", false)]
    [InlineData("User-agent: *\nDisallow: /foo/bar/%62%61%7A", "/foo/bar/baz", false)]
    [InlineData("User-agent: *\nDisallow: /a%2fb", "/a%2Fb", false)]
    [InlineData("User-agent: *\nDisallow: /a%2Fb", "/a/b", true)]
    // 2.2.3: special characters.
    [InlineData("User-agent: *\nDisallow: /*.gif$", "/a/b.gif", false)]
    [InlineData("User-agent: *\nDisallow: /*.gif$", "/a/b.gif?x", true)]
    [InlineData("User-agent: *\nDisallow: /*.gif", "/a/b.gif?x", false)]
    [InlineData("User-agent: *\nDisallow: /a*b*c", "/axxbyyc", false)]
    [InlineData("User-agent: *\nDisallow: /a*b*c$", "/axxbyycz", true)]
    [InlineData("User-agent: *\nDisallow: /a**b", "/ab", false)]
    [InlineData("User-agent: *\nDisallow: *", "/a", false)]
    [InlineData("User-agent: *\nDisallow: /a # comment", "/a", false)]
    [InlineData("User-agent: *\nDisallow: /file-%2A.html", "/file-*.html", false)]
    [InlineData("User-agent: *\nDisallow: /file-%2A.html", "/file-a.html", true)]
    [InlineData("User-agent: *\nDisallow: /$a", "/$a", false)]
    [InlineData("User-agent: *\nDisallow: /fish*\nAllow: /fishing", "/fishing", true)]
    // Line ends and marks of all kinds; other lines do not end a group.
    [InlineData("\uFEFFUser-agent: *\r\nDisallow: /a\r\n", "/a", false)]
    [InlineData("User-agent: *\rDisallow: /a\r", "/a", false)]
    [InlineData("  user-AGENT :  *  \n DISALLOW :   /a  ", "/a", false)]
    [InlineData("User-agent: *\n\n\nDisallow: /a", "/a", false)]
    [InlineData("User-agent: *\nCrawl-delay: 5\nSitemap: https://a.example/s.xml\nDisallow: /a", "/a", false)]
    [InlineData("User-agent: other\nSitemap: https://a.example/s.xml\nUser-agent: IngestPipeline\nDisallow: /a", "/a", false)]
    public void Decides(string file, string path, bool allowed) =>
        Assert.Equal(allowed, RobotsFile.Parse(Encoding.UTF8.GetBytes(file), "IngestPipeline").Deciding(new Uri("https://a.example" + path)) is not { Allow: false });

    [Fact]
    public void Reads_crawl_delay_of_its_group_and_sitemaps_of_the_file()
    {
        var rules = RobotsFile.Parse(
            "User-agent: *\nCrawl-delay: 2.5\nDisallow: /x\nUser-agent: other\nCrawl-delay: 99\nSitemap: https://a.example/one.xml\nsitemap:https://a.example/two.xml"u8,
            "IngestPipeline");
        Assert.Equal(TimeSpan.FromSeconds(2.5), rules.CrawlDelay);
        Assert.Equal(["https://a.example/one.xml", "https://a.example/two.xml"], rules.Sitemaps);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("NaN")]
    [InlineData("1e9")]
    [InlineData("soon")]
    [InlineData("99999999999")]
    public void An_unreadable_crawl_delay_is_none(string delay) =>
        Assert.Null(RobotsFile.Parse(Encoding.UTF8.GetBytes($"User-agent: *\nCrawl-delay: {delay}"), "IngestPipeline").CrawlDelay);

    [Fact]
    public void Reads_500_KiB_and_never_half_a_rule()
    {
        var line = "Disallow: /" + new string('a', 89) + "\n";
        var file = "User-agent: *\n" + string.Concat(Enumerable.Repeat(line, 6_000)) + "Disallow: /late\n";
        var rules = RobotsFile.Parse(Encoding.ASCII.GetBytes(file), "IngestPipeline");
        Assert.True(rules.Deciding(new("https://a.example/late")) is not { Allow: false });
        Assert.All(rules.Rules, r => Assert.Equal(90, r.Pattern.Length));
        Assert.Equal((RobotsFile.MaxBytes - 14) / line.Length, rules.Rules.Count);
    }

    [Fact]
    public void A_pattern_of_stars_is_decided_in_linear_time()
    {
        var rules =
            RobotsFile.Parse(Encoding.ASCII.GetBytes("User-agent: *\nDisallow: /" + string.Concat(Enumerable.Repeat("*a", 1_000)) + "$"), "IngestPipeline");
        Assert.True(rules.Deciding(new("https://a.example/" + new string('a', 4_000) + "b")) is not { Allow: false });
    }

    [Fact]
    public void A_state_reads_back_as_it_was_written()
    {
        var rules = RobotsFile.Parse("User-agent: *\nDisallow: /a b\nAllow: /ä$\nCrawl-delay: 7\nSitemap: https://a.example/s.xml"u8, "IngestPipeline");
        var state =
            new RobotsState("https://a.example", "IngestPipeline", DateTimeOffset.UnixEpoch.AddDays(1), DateTimeOffset.UnixEpoch.AddDays(2), rules, null);
        var read = RobotsState.From(state.ToJson(), "IngestPipeline")!;
        Assert.Equal(rules.Rules, read.Rules!.Rules);
        Assert.Equal(rules.Sitemaps, read.Rules.Sitemaps);
        Assert.Equal((state.Read, state.Until, rules.CrawlDelay), (read.Read, read.Until, read.Rules.CrawlDelay));
        Assert.Null(RobotsState.From(state.ToJson(), "OtherName"));
    }
}
