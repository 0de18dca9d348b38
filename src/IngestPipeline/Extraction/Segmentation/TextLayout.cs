using IngestPipeline.Boilerplate;

namespace IngestPipeline.Extraction.Segmentation;

/// <summary>
/// Lays plain text out as a page, so that the block model can be asked about it. A copy has lost its markup, and what is left of a page's build is said here in
/// its place: lines that no empty line parts stand in one element, what a rule calls a line hints at its kind as a class name does, and a heading over links
/// begins an element that ends at the next paragraph.
/// </summary>
internal sealed class TextLayout
{
    // As on a page without a picture.
    private const int NoMedia = 1000;

    private readonly BlockRules _rules;
    private readonly List<PageBlock> _blocks = [];
    private readonly List<PageNode> _nodes = [];
    private readonly List<BlockRule?> _found = [];
    private PageNode? _section;

    private TextLayout(BlockRules rules) => _rules = rules;

    /// <summary>The text as a page; a block is a line.</summary>
    public PageLayout Page { get; private set; } = new([], []);

    /// <summary>The rule that meets each line; null where none does.</summary>
    public IReadOnlyList<BlockRule?> Rules => _found;

    /// <summary>Lays a text out.</summary>
    /// <param name="groups">Its lines, parted where empty lines stood; each folded, none empty.</param>
    /// <param name="rules">What lines may be called.</param>
    public static TextLayout Of(IReadOnlyList<IReadOnlyList<string>> groups, BlockRules rules)
    {
        var layout = new TextLayout(rules);
        layout.Add(null, TagKind.Body, 0);

        // Where every line stands alone, or none, empty lines say nothing.
        var isParted = groups.Count > 1 && groups.Any(g => g.Count > 1);
        foreach (var group in groups)
            layout.Read(group, isParted && group.Count > 1);
        layout.Page = new PageLayout(layout._blocks, layout._nodes).Summed();
        return layout;
    }

    private void Read(IReadOnlyList<string> group, bool isElement)
    {
        PageNode? element = null;
        foreach (var line in group)
        {
            var rule = _rules.Match(line);
            _found.Add(rule);
            if (rule is { Heads: true })
                (_section, element) = (Add(_nodes[0], TagKind.Section, Cue(rule)), null);
            else if (_section is not null && rule is null && Prose.IsRunning(line))
                (_section, element) = (null, null);

            var parent = _section ?? _nodes[0];
            if (isElement)
                parent = element ??= Add(parent, TagKind.Div, 0);
            var node = Add(parent, TagKind.Paragraph, Cue(rule));
            _blocks.Add(new()
            {
                Index = _blocks.Count, Text = line, Node = node, Container = node, LinkChars = 0, Links = 0, StrongChars = 0, EmphasisChars = 0, TimeChars = 0,
                BlocksSinceMedia = NoMedia,
            });
        }
    }

    private PageNode Add(PageNode? parent, TagKind tag, ulong cues)
    {
        var node = new PageNode
        {
            Index = _nodes.Count, Parent = parent?.Index ?? -1, Depth = parent is null ? 0 : parent.Depth + 1, Tag = tag, Cues = cues, Style = (ulong)tag,
            IsHidden = false,
            IsArticleBody = false,
        };
        _nodes.Add(node);
        return node;
    }

    private static ulong Cue(BlockRule? rule) => rule?.Kind switch
    {
        null => 0,
        "advert" or "app" => CueTokens.Bit(CueGroup.Ad),
        "author" => CueTokens.Bit(CueGroup.Author),
        "breadcrumb" => CueTokens.Bit(CueGroup.Breadcrumb),
        "caption" => CueTokens.Bit(CueGroup.Caption),
        "comments" => CueTokens.Bit(CueGroup.Comment),
        "cookie" => CueTokens.Bit(CueGroup.Cookie),
        "copyright" => CueTokens.Bit(CueGroup.Footer),
        "correction" => CueTokens.Bit(CueGroup.Correction),
        "donation" => CueTokens.Bit(CueGroup.Donation),
        "membership" => CueTokens.Bit(CueGroup.Paywall),
        "embed" => CueTokens.Bit(CueGroup.Embed),
        "meta" => CueTokens.Bit(CueGroup.Meta),
        "newsletter" => CueTokens.Bit(CueGroup.Newsletter),
        "related" => CueTokens.Bit(CueGroup.Related),
        "share" => CueTokens.Bit(CueGroup.Share),
        "tags" => CueTokens.Bit(CueGroup.Tags),
        _ => CueTokens.Bit(CueGroup.Box),
    };
}
