using System.Text;
using IngestPipeline.Fetching.Robots;

namespace IngestPipeline.Tests.Fetching.Robots;

/// <summary>Seeded random files: reading never throws and decides the same twice; INGEST_FUZZ_RUNS sets how many.</summary>
public sealed class RobotsFuzzTests
{
    private static readonly string[] Pieces =
    [
        "User-agent", "user agent", "Disallow", "Allow", "Crawl-delay", "Sitemap", ":", " ", "\n", "\r\n", "\r", "*", "$", "/", "#", "IngestPipeline", "other",
        "/a", "/b/", "%", "%2", "%2F", "%zz",
        "ツ", "é", "\0", "\uFEFF", "\uD800", "9", "1e400", "-", "?q=", "&", "https://a.example/s.xml", "𝄞", "\t", "=",
    ];

    [Fact]
    public void Random_files_never_throw_and_decide_alike_after_a_round_trip()
    {
        var random = new Random(11);
        for (var run = 0; run < FuzzRuns.Of(4_000); run++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            var bytes = Encoding.UTF8.GetBytes(text);
            for (var i = random.Next(3); i > 0 && bytes.Length > 0; i--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var url = new Uri(
                "https://a.example/"
                    + Uri.EscapeDataString(
                        string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => "ab*$/ツ"[random.Next(6)]))).Replace("%2F", "/",
                        StringComparison.Ordinal));

            var rules = RobotsFile.Parse(bytes, "IngestPipeline");
            var state = new RobotsState("https://a.example", "IngestPipeline", null, DateTimeOffset.UnixEpoch, rules, null);
            var again = RobotsState.From(state.ToJson(), "IngestPipeline")!.Rules!;
            Assert.Equal(rules.Deciding(url) is not { Allow: false }, again.Deciding(url) is not { Allow: false });
            Assert.Equal(Slow(rules, url), rules.Deciding(url) is not { Allow: false });
        }
    }

    // The rule as the RFC words it, by a matcher that tries everything.
    private static bool Slow(RobotsRules rules, Uri url)
    {
        var path = RobotsPath.Of(url);
        var fitting = rules.Rules.Where(r => Fits(r.Pattern, path)).ToList();
        return path == "/robots.txt" || fitting.Count == 0
            || fitting.Where(r => r.Pattern.Length == fitting.Max(f => f.Pattern.Length)).Any(r => r.Allow);
    }

    private static bool Fits(ReadOnlySpan<char> pattern, ReadOnlySpan<char> path)
    {
        if (pattern.IsEmpty)
            return true;
        if (pattern is "$")
            return path.IsEmpty;
        if (pattern[0] == '*')
        {
            for (var i = 0; i <= path.Length; i++)
            {
                if (Fits(pattern[1..], path[i..]))
                    return true;
            }

            return false;
        }

        return !path.IsEmpty && path[0] == pattern[0] && Fits(pattern[1..], path[1..]);
    }
}
