using IngestPipeline.Boilerplate;

namespace IngestPipeline.Tests.Boilerplate;

public sealed class BlockRulesTests
{
    public static TheoryData<string> Ids => [.. BlockRules.Shipped.All.Select(r => r.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Meets_the_example_of_each_rule(string id)
    {
        var rule = BlockRules.Shipped.All.Single(r => r.Id == id);
        var rules = new BlockRules([rule]);
        var found = rule.Match switch
        {
            RuleMatch.Inline => rules.CutInline(rule.Example)?.Rule,
            RuleMatch.Tail => rules.CutTail(rule.Example)?.Rule,
            _ => rules.Match(rule.Example),
        };

        Assert.Equal(id, found?.Id);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Leaves_alone_what_each_rule_says_it_keeps(string id)
    {
        var rule = BlockRules.Shipped.All.Single(r => r.Id == id);

        Assert.Null(BlockRules.Shipped.Match(rule.Keeps));
        Assert.Null(BlockRules.Shipped.CutInline(rule.Keeps));
        Assert.Null(BlockRules.Shipped.CutTail(rule.Keeps));
    }

    [Fact]
    public void Rules_have_one_id_each_and_a_reason() =>
        Assert.Equal(BlockRules.Shipped.All.Count, BlockRules.Shipped.All.Where(r => r.Reason.Length > 5).Select(r => r.Id).Distinct().Count());
}
