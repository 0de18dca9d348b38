using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction.Content;

/// <summary>Measures every block of a page for the block model. All features are whole numbers, so that scores are the same everywhere.</summary>
internal sealed class BlockFeatures : IDisposable
{
    private const int Far = NodeDistances.Far;

    private static readonly CueGroup[] Groups = Enum.GetValues<CueGroup>();

    private readonly PageLayout _layout;
    private readonly PageHints _hints;
    private readonly PageMeasures _page;
    private readonly NodeDistances _distances;
    private readonly PageBlock[] _blocks;

    // How far each block stands from the first and second behind it, once it was asked: the later block asks the same.
    private readonly (int One, int Two)[] _apart;

    private BlockFeatures(PageLayout layout, PageHints hints) =>
        (_layout, _hints, _blocks, _page, _distances, _apart) =
            (layout, hints, [.. layout.Blocks], new(layout, hints), new(layout), RentedArrays.Rent<(int, int)>(layout.Blocks.Count));

    /// <summary>The names of the features, in the order of the columns.</summary>
    public static IReadOnlyList<string> Names { get; } = ReadNames();

    /// <summary>Measures a page's blocks.</summary>
    public static FeatureTable Measure(PageLayout layout, PageHints hints, WordOdds odds)
    {
        using var features = new BlockFeatures(layout, hints);
        var table = new FeatureTable(layout.Blocks.Count, Names.Count) { Bounds = features._page.Bounds };
        for (var i = 0; i < table.Rows; i++)
        {
            var row = new FeatureRow(table[i], null);
            features.Write(i, ref row);
        }

        odds.Write(features._page.Texts, table);
        return table;
    }

    /// <summary>Gives memory back for the next page.</summary>
    public void Dispose()
    {
        _distances.Dispose();
        _page.Dispose();
        RentedArrays.Return(_apart);
    }

    private void Write(int i, ref FeatureRow row)
    {
        var block = _blocks[i];
        WriteText(i, ref row);
        WriteAncestors(block, ref row);
        WritePlace(i, ref row);
        for (var step = -2; step <= 2; step++)
        {
            if (step != 0)
                WriteNeighbour(i, i + step, step, ref row);
        }
    }

    private void WriteText(int i, ref FeatureRow row)
    {
        var (block, shape, length) = (_blocks[i], _page.Texts.Shapes[i], _blocks[i].Text.Length);
        row.Add("weight", shape.Weight);
        row.Add("words", shape.Words);
        row.Add("sentences", shape.Sentences);
        row.Add("commas", shape.Commas);
        row.Add("upper", shape.UpperShare);
        row.Add("digits", shape.DigitShare);
        row.Add("titled", shape.TitleShare);
        row.Add("shorts", shape.ShortShare);
        row.Add("wordLength", shape.WordLength);
        row.Add("start", shape.Start);
        row.Add("end", shape.End);
        row.Add("signAt", shape.Signs & 1);
        row.Add("signBar", shape.Signs & 2);
        row.Add("signCopyright", shape.Signs & 4);
        row.Add("signHash", shape.Signs & 8);
        row.Add("signUrl", shape.Signs & 16);
        row.Add("prose", _page.IsProse[i] ? 1 : 0);
        row.Add("linked", block.LinkChars * 1000 / length);
        row.Add("links", block.Links);
        row.Add("plain", block.PlainChars);
        row.Add("strong", block.StrongChars * 1000 / length);
        row.Add("emphasis", block.EmphasisChars * 1000 / length);
        row.Add("time", block.TimeChars * 1000 / length);
        row.Add("sinceMedia", Math.Min(Far, block.BlocksSinceMedia));
        row.Add("mediaAfter", block.MediaAfter ? 1 : 0);
        row.Add("repeats", _page.Texts.Repeats(i));
        row.Add("inTitle", _hints.InTitle(_page.Texts.Letters(i)));
        row.Add("inDescription", _hints.InDescription(_page.Texts.Letters(i)));
        row.Add("inBody", _hints.InBody(_page.Texts.Letters(i)));
        row.Add("bodyShare", (int)Math.Min(4_000, _hints.BodyLength * 1000L / _page.TotalProse));
        row.Add("tag", (int)block.Tag);
        row.Add("isParagraph", block.Tag == TagKind.Paragraph ? 1 : 0);
        row.Add("isHeading", Tags.IsHeading(block.Tag) ? 1 : 0);
        row.Add("isItem", block.Tag == TagKind.ListItem ? 1 : 0);
        row.Add("isDiv", block.Tag == TagKind.Div ? 1 : 0);
        row.Add("isCell", block.Tag == TagKind.Cell ? 1 : 0);
        row.Add("nodeTag", (int)block.Node.Tag);
        row.Add("hidden", block.Node.IsHidden ? 1 : 0);
    }

    private void WriteAncestors(PageBlock block, ref FeatureRow row)
    {
        var distances = _distances[block.Node.Index];
        row.Add("itemBody", distances[NodeDistances.ArticleBody]);
        for (var g = 0; g < Groups.Length; g++)
            row.Add("cue", Groups[g], distances[g]);
        for (var a = 0; a < NodeDistances.Ancestors.Count; a++)
            row.Add("in", NodeDistances.Ancestors[a], distances[NodeDistances.FirstAncestor + a]);
    }

    private void WritePlace(int i, ref FeatureRow row)
    {
        var (block, n, bounds) = (_blocks[i], _blocks.Length, _page.Bounds);
        row.Add("depth", block.Container.Depth);
        row.Add("position", i * 1000 / n);
        row.Add("proseBefore", Math.Min(bounds.Paragraphs, _page.ProseBefore[i]));
        row.Add("proseAfter", Math.Min(bounds.Paragraphs, _page.ProseBefore[n] - _page.ProseBefore[i + 1]));
        row.Add("proseShareBefore", (int)(_page.ProseChars[i] * 1000L / _page.TotalProse));
        row.Add("proseTotal", Math.Min(bounds.Prose, _page.TotalProse));
        row.Add("pageBlocks", Math.Min(bounds.PageBlocks, n));
        row.Add("sinceHeadline", _page.Headline < 0 ? -1000 : Math.Clamp(i - _page.Headline, -100, Math.Min(bounds.Blocks, 200)));
        row.Add("isHeadline", i == _page.Headline ? 1 : 0);

        WriteDistance("top", _page.Top, block.Node, ref row);
        WriteDistance("core", _page.Core, block.Node, ref row);

        var node = block.Container;
        for (var level = 0; level < 4; level++)
        {
            row.Add("nodeProse", level, Share(node.ProseChars));
            row.Add("nodeLinked", level, (int)(node.LinkChars * 1000L / Math.Max(1, node.Chars)));
            row.Add("nodeBlocks", level, Math.Min(bounds.Blocks, node.Blocks));
            row.Add("nodeProseBlocks", level, Math.Min(bounds.Paragraphs, node.ProseBlocks));
            row.Add("nodeMean", level, node.Chars / Math.Max(1, node.Blocks));
            node = _layout.Parent(node) ?? node;
        }

        // A card: the innermost element of several blocks that stands in a row of its like, as teasers, comments and entries do.
        var card = _page.Card(block.Container);
        row.Add("cardTwins", card is null ? 0 : Math.Min(bounds.Blocks, _page.Twins(card)));
        row.Add("cardUp", card is null ? Far : Math.Min(Far, block.Container.Depth - card.Depth));
        row.Add("cardBlocks", Math.Min(bounds.Blocks, card?.Blocks ?? 0));
        row.Add("cardProse", Math.Min(bounds.Paragraphs, card?.ProseBlocks ?? 0));
        row.Add("cardLinked", card is null ? -1 : (int)(card.LinkChars * 1000L / Math.Max(1, card.Chars)));
        row.Add("cardChars", Math.Min(bounds.Prose, card?.Chars ?? 0));
        row.Add("rowShare", card is null || _layout.Parent(card) is not { } list ? 0 : Share(list.ProseChars));

        var style = _page.Sums(i);
        row.Add("styleBlocks", Math.Min(bounds.Blocks, style.Blocks));
        row.Add("styleMean", style.Chars / style.Blocks);
        row.Add("styleLinked", (int)(style.LinkChars * 1000L / Math.Max(1, style.Chars)));
        row.Add("styleProse", style.Prose * 1000 / style.Blocks);
        row.Add("styleProseBlocks", Math.Min(bounds.Paragraphs, style.Prose));

        var heading = _page.HeadingBefore[i];
        var found = heading >= 0 && i - heading < 40;
        row.Add("sinceHeading", found ? i - heading : 40);
        row.Add("headingWeight", found ? _page.Texts.Shapes[heading].Weight : 0);
        row.Add("headingLevel", found ? (int)_blocks[heading].Tag : 0);
        row.Add("headingLinked", found ? _blocks[heading].LinkChars * 1000 / _blocks[heading].Text.Length : -1);
        row.Add("headingApart", found ? Apart(block.Node, _blocks[heading].Node) : Far);
        row.Add("proseGapBefore", Gap(i, -1));
        row.Add("proseGapAfter", Gap(i, 1));
    }

    // In 1/1,000 of the page's running text.
    private int Share(long prose) => (int)Math.Min(1000, prose * 1000 / Math.Min(_page.Bounds.Prose, _page.TotalProse));

    private void WriteDistance(string name, PageNode? mark, PageNode node, ref FeatureRow row)
    {
        if (mark is null)
        {
            row.Add(name, "Up", Far);
            row.Add(name, "Down", Far);
            return;
        }

        var common = _layout.CommonAncestor(mark, node);
        row.Add(name, "Up", mark.Depth - common.Depth);
        row.Add(name, "Down", node.Depth - common.Depth);
    }

    private void WriteNeighbour(int from, int to, int step, ref FeatureRow row)
    {
        if (to < 0 || to >= _blocks.Length)
        {
            row.Add("nearWeight", step, -1);
            row.Add("nearLinked", step, -1);
            row.Add("nearProse", step, -1);
            row.Add("nearTag", step, -1);
            row.Add("nearApart", step, Far);
            row.Add("nearStyle", step, -1);
            row.Add("nearEnd", step, -1);
            return;
        }

        var (a, b) = (_blocks[from], _blocks[to]);
        row.Add("nearWeight", step, _page.Texts.Shapes[to].Weight);
        row.Add("nearLinked", step, b.LinkChars * 1000 / b.Text.Length);
        row.Add("nearProse", step, _page.IsProse[to] ? 1 : 0);
        row.Add("nearTag", step, (int)b.Tag);
        row.Add("nearApart", step, step < 0 ? Known(to, -step) : (Known(from, step) = Apart(a.Node, b.Node)));
        row.Add("nearStyle", step, _page.Style[from] == _page.Style[to] ? 1 : 0);
        row.Add("nearEnd", step, _page.Texts.Shapes[to].End);
    }

    private ref int Known(int first, int step) => ref step == 1 ? ref _apart[first].One : ref _apart[first].Two;

    private int Gap(int i, int step)
    {
        for (var distance = 1; distance < 20; distance++)
        {
            var at = i + (distance * step);
            if (at < 0 || at >= _blocks.Length)
                return 20;
            if (_page.IsProse[at])
                return distance;
        }

        return 20;
    }

    private int Apart(PageNode a, PageNode b)
    {
        var common = _layout.CommonAncestor(a, b);
        return Math.Min(Far, Math.Max(a.Depth, b.Depth) - common.Depth);
    }

    /// <summary>A page of one block, which writes the names once, in the order in which rows are written.</summary>
    internal static PageLayout OneBlock()
    {
        var root = new PageNode { Index = 0, Parent = -1, Depth = 0, Tag = TagKind.Body, Cues = 0, Style = 0, IsHidden = false, IsArticleBody = false };
        var block = new PageBlock
        {
            Index = 0, Text = "x", Node = root, Container = root, LinkChars = 0, Links = 0, StrongChars = 0, EmphasisChars = 0, TimeChars = 0,
            BlocksSinceMedia = 0,
        };
        return new([block], [root]);
    }

    private static string[] ReadNames()
    {
        var names = new List<string>();
        var row = new FeatureRow(new int[FeatureRow.Most], names);
        using var features = new BlockFeatures(OneBlock(), new(new()));
        features.Write(0, ref row);
        return [.. names, .. WordOdds.Names];
    }
}
