using IngestPipeline.Extraction;

namespace IngestPipeline.Boilerplate;

/// <summary>A block on its way through the stripper.</summary>
internal sealed class StripItem
{
    /// <summary>Starts with the block as it came.</summary>
    public StripItem(Block original) => (Original, Kept) = (original, original);

    /// <summary>The block as it came.</summary>
    public Block Original { get; }

    /// <summary>The block as it stands now; null when it was removed.</summary>
    public Block? Kept { get; private set; }

    /// <summary>The id of the rule that met it; null when none did.</summary>
    public string? Rule { get; private set; }

    /// <summary>The rule's kind.</summary>
    public string? Kind { get; private set; }

    /// <summary>The rule's reason.</summary>
    public string? Reason { get; private set; }

    /// <summary>What was cut out of the block; null when it is whole.</summary>
    public string? Cut { get; private set; }

    /// <summary>True while the block is part of the text.</summary>
    public bool InText => Kept is { InText: true };

    /// <summary>True when a rule met that opens a run.</summary>
    public bool Heads { get; private set; }

    /// <summary>Lets a rule of the data files act on the block.</summary>
    public void Apply(BlockRule rule)
    {
        Heads = rule.Heads;
        var kind = rule.Action switch
        {
            RuleAction.Caption => BlockKind.Caption,
            RuleAction.Embed => BlockKind.Embed,
            RuleAction.Syndication => BlockKind.Syndication,
            RuleAction.Correction => BlockKind.Correction,
            _ => (BlockKind?)null,
        };
        Set(rule.Id, rule.Kind, rule.Reason, kind);
    }

    /// <summary>Removes the block, or moves it beside the text under another kind.</summary>
    public void Set(string rule, string kind, string reason, BlockKind? becomes = null)
    {
        (Rule, Kind, Reason) = (rule, kind, reason);
        Kept = becomes is { } other ? Original with { Kind = other, Level = 0 } : null;
    }

    /// <summary>Replaces the text by what remains after a cut.</summary>
    public void Shorten(InlineCut cut)
    {
        (Rule, Kind, Reason) = (cut.Rule.Id, cut.Rule.Kind, cut.Rule.Reason);
        Cut = Cut is null ? cut.Removed : $"{cut.Removed} {Cut}";
        Kept = Kept! with { Text = cut.Remains };
    }
}
