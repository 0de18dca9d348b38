using System.Text;
using System.Text.RegularExpressions;
using IngestPipeline.Boilerplate;

namespace IngestPipeline.Tests.Boilerplate;

public sealed class LinePatternTests
{
    private const RegexOptions Library = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    public static TheoryData<string> Shipped => [.. BlockRules.Shipped.All.Where(r => r.Match == RuleMatch.Pattern).SelectMany(r => r.Cues)];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Shipped_patterns_meet_what_the_library_says_they_meet(string cue)
    {
        Assert.NotNull(PatternProgram.Read(cue));
        var (own, library) = (new LinePattern(cue), new Regex(cue, Library));
        var texts = BlockRules.Shipped.All.SelectMany(r => new[] { r.Example, r.Keeps })
            .SelectMany(t => new[] { t, CueText.Fold(t) })
            .Concat(Texts(cue, seed: 1, FuzzRuns.Of(300)));
        Assert.All(texts, text => Assert.Equal(library.IsMatch(text), own.IsMatch(text)));
    }

    [Theory]
    [InlineData("a{2,3}b", "xaab", "aaaab", "ab", "aa")]
    [InlineData("^(a|bc)*$", "", "abca", "abcb", "b")]
    [InlineData(@"^a{3,}$|(b{2}){2}", "aa", "aaaa", "abbb", "abbbbc")]
    [InlineData(@"\bcat\b", "cat", "a cat.", "cats", "con\u200Dcat", "é cat")]
    [InlineData(@"^\d{1,2}[.)]? (?:x|\p{Lu}+)$", "1. x", "٣ ÄÖ", "123 x", "7 ä", "7 ")]
    [InlineData(@"^[^a-c\]\-]+[\]\-]?$", "xyz-", "xa", "]", "d]")]
    [InlineData("(a*)*b|(^)*c", "aab", "xc", "aa", "")]
    [InlineData("^a.c$", "abc", "a\nc", "abc\n", "abc\n\n", "ab\nc")]
    [InlineData("(^|x)a$", "a", "xa", "ba", "xab")]
    public void Meets_what_the_library_meets(string pattern, params string[] texts)
    {
        Assert.NotNull(PatternProgram.Read(pattern));
        var (own, library) = (new LinePattern(pattern), new Regex(pattern, Library));
        Assert.All(texts.Concat(Texts(pattern, seed: 2, 300)), text => Assert.Equal(library.IsMatch(text), own.IsMatch(text)));
    }

    [Theory]
    [InlineData("a*?b", "aab")]
    [InlineData(@"\Aab\z", "ab")]
    [InlineData("[]a]+", "]")]
    [InlineData("[a-z-[b]]", "b")]
    [InlineData("(?i:ab)", "AB")]
    [InlineData("a{b", "a{b")]
    [InlineData("(a{90}){90}", "a")]
    public void What_it_does_not_read_is_left_to_the_library(string pattern, string text)
    {
        Assert.Null(PatternProgram.Read(pattern));
        Assert.Equal(Regex.IsMatch(text, pattern, Library), new LinePattern(pattern).IsMatch(text));
    }

    [Theory]
    [InlineData("(a")]
    [InlineData("a)")]
    [InlineData("[z-a]")]
    [InlineData("*a")]
    public void What_is_no_regular_expression_is_refused(string pattern) => Assert.Throws<RegexParseException>(() => new LinePattern(pattern));

    [Theory]
    [InlineData(@"(a)\1")]
    [InlineData("a(?=b)")]
    public void What_cannot_be_matched_without_going_back_is_refused(string pattern) => Assert.Throws<NotSupportedException>(() => new LinePattern(pattern));

    [Fact]
    public void More_states_than_are_kept_change_nothing()
    {
        const string Pattern = "(a|b)*a(a|b){11}c";
        var (own, library) = (new LinePattern(Pattern), new Regex(Pattern, Library));
        var random = new Random(3);
        for (var i = 0; i < 400; i++)
        {
            var text = string.Concat(Enumerable.Range(0, 60).Select(_ => "ababababc"[random.Next(9)]));
            Assert.Equal(library.IsMatch(text), own.IsMatch(text));
        }
    }

    [Fact]
    public void Several_threads_share_a_pattern()
    {
        const string Pattern = "^(a|b)*a(a|b){7}( |é)c$";
        var texts = Texts(Pattern, seed: 4, 500).Concat(["aabababab c", "abababababéc"]).ToArray();
        var expected = Array.ConvertAll(texts, t => Regex.IsMatch(t, Pattern, Library));
        for (var round = 0; round < 20; round++)
        {
            var own = new LinePattern(Pattern);
            var found = new bool[texts.Length];
            Parallel.For(0, texts.Length, new() { MaxDegreeOfParallelism = 4 }, i => found[i] = own.IsMatch(texts[i]));
            Assert.Equal(expected, found);
        }
    }

    /// <summary>Lines made of a pattern's own letters and words, so that some of them are met.</summary>
    private static IEnumerable<string> Texts(string pattern, int seed, int count)
    {
        var random = new Random(seed);
        var pieces = Regex.Matches(pattern, @"[\p{L}\p{N}' ]+|[^\p{L}]").Select(m => m.Value).Append(" ").ToArray();
        for (var i = 0; i < count; i++)
        {
            var text = new StringBuilder();
            for (var n = random.Next(9); n >= 0; n--)
            {
                var piece = pieces[random.Next(pieces.Length)];
                text.Append(random.Next(3) == 0 ? piece[random.Next(piece.Length)].ToString() : piece);
            }

            yield return text.ToString();
        }
    }
}
