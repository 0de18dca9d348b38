namespace IngestPipeline.Extraction;

/// <summary>What a tag's name means before the page is parsed, looked up once a tag. The default is that of a name that means nothing here.</summary>
/// <param name="Id">Which element it is, where that changes how the parser reads on.</param>
/// <param name="Role">What it means to whoever counts elements.</param>
/// <param name="Use">Which of its attributes somebody reads.</param>
/// <param name="IsBlock">True where the parser makes an element on lines of its own of its start tag, wherever that stands in the body, and puts nothing before
/// that element which comes behind the tag.</param>
/// <param name="IsOfHead">True for the tags that leave the parser in the page's head.</param>
internal readonly record struct HtmlTag(TagId Id, TagRole Role, TagUse Use, bool IsBlock, bool IsOfHead)
{
    private const int MaxPacked = 8;

    private static readonly Dictionary<string, TagRole> Roles = Table(
        (TagRole.Link, "a"),
        (TagRole.Formatting, "b i u s em tt big code font nobr small strike strong"),
        (TagRole.Void, "br img hr input meta link source area base col embed param track wbr"),
        (TagRole.SelfClosing, "p li dt dd tr td th option optgroup tbody thead tfoot colgroup rp rt html head body"),
        (TagRole.Raw, "textarea title xmp iframe noembed noframes"),
        (TagRole.Script, "script"),
        (TagRole.Style, "style"));

    private static readonly Dictionary<string, TagUse> Uses = Table(
        (TagUse.Anchor, "a"), (TagUse.Typed, "script input"), (TagUse.Mute, "img svg style noscript"), (TagUse.Link, "link"),
        (TagUse.Whole, "html meta isindex"));

    private static readonly HashSet<string> Blocks =
        [.. "div p li ul ol section article header footer nav aside main figure figcaption h1 h2 h3 h4 h5 h6 dl dt dd blockquote address details".Split(' ')];

    private static readonly HashSet<string> Heads = [.. "html head meta link script style title base noscript".Split(' ')];

    private static readonly string[] Names =
        [.. Roles.Keys, .. Uses.Keys, .. Blocks, .. Heads, .. "select math frameset plaintext table caption object applet marquee template foreignobject desc".Split(' ')];

    // By the names' letters, eight bits each.
    private static readonly HashedTable<HtmlTag> Short = new(
        [.. Names.Distinct().Where(n => n.Length <= MaxPacked).Select(n => KeyValuePair.Create(n.Aggregate(0UL, (packed, c) => (packed << 8) | c), Of(n)))]);

    private static readonly (string Name, HtmlTag Tag)[] Long = [.. Names.Where(n => n.Length > MaxPacked).Select(n => (n, Of(n)))];

    /// <summary>Reads the name that starts at a place, in any case.</summary>
    /// <param name="html">The page.</param>
    /// <param name="at">Where the name starts.</param>
    /// <param name="end">Takes where it ends.</param>
    public static HtmlTag Read(ReadOnlySpan<char> html, int at, out int end)
    {
        // All letters together tell whether one is beyond ASCII.
        var (packed, letters, isSmall) = (0UL, 0, true);
        for (end = at; end < html.Length && !HtmlTags.EndsName(html[end]); end++)
        {
            int c = html[end];
            if (c is >= 'A' and <= 'Z')
                (c, isSmall) = (c | 0x20, false);
            packed = (packed << 8) | (uint)c;
            letters |= c;
        }

        var tag = end - at > MaxPacked ? OfLong(html[at..end]) : letters < 0x80 ? Short[packed] : default;

        // What is left out is what most pages write, in small letters.
        return isSmall ? tag : tag with { Use = TagUse.Whole, IsBlock = false, IsOfHead = false };
    }

    private static HtmlTag OfLong(ReadOnlySpan<char> name)
    {
        foreach (var (known, tag) in Long)
        {
            if (name.Equals(known, StringComparison.OrdinalIgnoreCase))
                return tag;
        }

        return default;
    }

    private static HtmlTag Of(string name)
    {
        var id = Enum.TryParse<TagId>(name, ignoreCase: true, out var own) ? own : TagId.Other;
        return new(id, Roles.GetValueOrDefault(name), Uses.GetValueOrDefault(name), Blocks.Contains(name), Heads.Contains(name));
    }

    private static Dictionary<string, T> Table<T>(params (T Value, string Names)[] rows) =>
        rows.SelectMany(r => r.Names.Split(' ').Select(n => (n, r.Value))).ToDictionary(StringComparer.Ordinal);
}
