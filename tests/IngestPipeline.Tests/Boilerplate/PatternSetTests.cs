using System.Text.RegularExpressions;
using IngestPipeline.Boilerplate;

namespace IngestPipeline.Tests.Boilerplate;

public sealed class PatternSetTests
{
    private static readonly PatternSet Set = new(BlockRules.Shipped.All);

    [Fact]
    public void Hints_leave_out_no_text_that_a_pattern_meets()
    {
        var patterns = BlockRules.Shipped.All.Where(r => r.Match == RuleMatch.Pattern)
            .SelectMany(r => r.Cues.Select(c => (Rule: r, Pattern: new Regex(c, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)))).ToArray();
        foreach (var text in BlockRules.Shipped.All.SelectMany(r => new[] { r.Example, r.Keeps }))
        {
            var folded = CueText.Fold(text);
            if (folded.Length == 0)
                continue;

            var expected = Array.Find(patterns, p => folded.Length <= p.Rule.MaxLength && p.Pattern.IsMatch(p.Rule.Cased ? text : folded)).Rule;
            Assert.Equal(expected?.Id, Set.Match(folded, text, TextGrams.Read(folded, new ulong[TextGrams.Room]))?.Id);
        }
    }

    [Theory]
    [InlineData("^(about |over )?(one|two) days$", "aot", "bd1")]
    [InlineData(@"^\d+ years?$", "0٣", "ay")]
    [InlineData(@"^\(?(ap|reuters)\)?$", "(ar", ")p")]
    [InlineData(@"^(x*y?)z", "xyz", "a")]
    public void Tied_patterns_start_with_what_they_say(string pattern, string may, string mayNot)
    {
        var hint = PatternHint.Read(pattern);
        Assert.All(may, c => Assert.True(hint.MayStartWith(c)));
        Assert.All(mayNot, c => Assert.False(hint.MayStartWith(c)));
    }

    [Theory]
    [InlineData("^(By):? .+$", "By", int.MaxValue)]
    [InlineData("^ab?c{2}(de)$", "a", 7)]
    [InlineData(@"^\(?(ap|reuters){1,2}\)?$", "", 17)]
    [InlineData("^(the (end))[.!]?$", "the end", 9)]
    [InlineData("^abc", "abc", int.MaxValue)]
    [InlineData(@"^ab\$", "ab$", int.MaxValue)]
    [InlineData("abc$", "", int.MaxValue)]
    [InlineData("^ab|cd$", "", int.MaxValue)]
    [InlineData("^a{3,}b$", "a", int.MaxValue)]
    public void Tied_patterns_say_how_a_text_begins_and_how_long_it_is(string pattern, string prefix, int most) =>
        Assert.Equal((prefix, most), (PatternHint.Read(pattern).Prefix, PatternHint.Read(pattern).Most));

    [Theory]
    [InlineData("^.{3,9} (ap|photo): [^:]+$", " ap: ", " photo: ")]
    [InlineData("^.*@.*$", "@")]
    [InlineData("(min|minute) read$", "min read", "minute read")]
    [InlineData("a(b|c?)d", "a")]
    [InlineData(@"x [|•-] \d{2} (um|\p{L}) y", "x | ", "x • ", "x - ")]
    [InlineData("[a-z] (one|two){2} (six( [.^]|x))$", " one", " two")]
    public void Pieces_are_what_every_met_text_holds(string pattern, params string[] pieces) => Assert.Equal(pieces, PatternHint.Read(pattern).Pieces!);

    [Theory]
    [InlineData("^.*(left|right), .* (of|at) .*$", " of ", " at ")]
    [InlineData(@"\((ab\d|c)\).*[0-9]x$", ")")]
    public void Others_are_held_besides_the_pieces(string pattern, params string[] others) => Assert.Equal(others, PatternHint.Read(pattern).Others!);

    [Theory]
    [InlineData("a?b*")]
    [InlineData("(abc)?")]
    [InlineData("^a|b*$")]
    [InlineData("(?=a)b")]
    public void Nothing_is_asked_where_nothing_is_sure(string pattern)
    {
        var hint = PatternHint.Read(pattern);
        Assert.True(hint.MayStartWith('q'));
        Assert.Null(hint.Pieces);
    }

    [Theory]
    [InlineData("^(a b|c[|)]d) e$", "^(a b) e$", "^(c[|)]d) e$")]
    [InlineData(@"^(x|y)? \(?(a(b|c)|d){2}\)$", @"^(x|y)? \(?(a(b|c)){2}\)$", @"^(x|y)? \(?(d){2}\)$")]
    [InlineData("^(a(b|c))d", "^(a(b))d", "^(a(c))d")]
    [InlineData("^a[(|]b$", "^a[(|]b$")]
    [InlineData("(a|b", "(a|b")]
    public void Alternatives_are_hinted_at_one_by_one(string pattern, params string[] branches) => Assert.Equal(branches, PatternBranches.Of(pattern));

    [Theory]
    [InlineData("please donate today", 0b001)]
    [InlineData("support us with a donation", 0b011)]
    [InlineData("do", 0b000)]
    [InlineData("", 0b000)]
    public void Cue_finder_marks_the_cues_that_a_text_holds(string text, int expected)
    {
        var finder = new CueFinder(["donat", "support us", "subscribe"]);
        var found = new ulong[finder.Room];
        Assert.Equal(expected != 0, finder.Find(TextGrams.Read(text, new ulong[TextGrams.Room]), found));
        Assert.Equal((ulong)expected, found[0]);
    }

    [Fact]
    public void Cue_finder_leaves_short_cues_to_the_search()
    {
        var finder = new CueFinder(["donat", "tv"]);
        var found = new ulong[finder.Room];
        Assert.True(finder.Find(TextGrams.Read("nothing here", new ulong[TextGrams.Room]), found));
        Assert.Equal(0b10UL, found[0]);
    }

    [Fact]
    public void Grams_never_miss_what_a_text_holds()
    {
        foreach (var text in BlockRules.Shipped.All.Select(r => CueText.Fold(r.Example)))
        {
            var grams = TextGrams.Read(text, new ulong[TextGrams.Room]);
            for (var from = 0; from < text.Length; from++)
            {
                for (var to = from; to <= text.Length; to++)
                    Assert.True(grams.MayHold(TextGrams.PlacesOf(text.AsSpan(from, to - from))));
            }
        }
    }

    [Fact]
    public void Holders_of_a_passage_are_those_whose_grams_may_hold_it()
    {
        var texts = BlockRules.Shipped.All.Select(r => CueText.Fold(r.Example)).Take(150).ToArray();
        using var holders = new GramHolders(texts.Length);
        for (var i = 0; i < texts.Length; i++)
            holders.Add(i, texts[i]);

        foreach (var places in texts.Where(t => t.Length >= 20).Select(t => TextGrams.PlacesOf(t.AsSpan(4, 12))))
        {
            var expected = Enumerable.Range(0, texts.Length).Where(i => TextGrams.Read(texts[i], new ulong[TextGrams.Room]).MayHold(places));
            var found = new List<int>();
            for (var i = holders.Next(places, 0); i >= 0; i = holders.Next(places, i + 1))
                found.Add(i);
            Assert.Equal(expected, found);
        }
    }
}
