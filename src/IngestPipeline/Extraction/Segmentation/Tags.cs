using System.Collections.Frozen;

namespace IngestPipeline.Extraction.Segmentation;

/// <summary>Element names by <see cref="TagKind"/>.</summary>
internal static class Tags
{
    private static readonly FrozenDictionary<string, TagKind> Kinds = new Dictionary<string, TagKind>(StringComparer.Ordinal)
    {
        ["a"] = TagKind.Anchor, ["b"] = TagKind.Strong, ["strong"] = TagKind.Strong, ["i"] = TagKind.Emphasis, ["em"] = TagKind.Emphasis,
        ["cite"] = TagKind.Emphasis, ["time"] = TagKind.Time, ["button"] = TagKind.Button, ["label"] = TagKind.Button, ["br"] = TagKind.Break,
        ["img"] = TagKind.Media, ["picture"] = TagKind.Media, ["video"] = TagKind.Media, ["audio"] = TagKind.Media, ["iframe"] = TagKind.Media,
        ["amp-img"] = TagKind.Media, ["amp-video"] = TagKind.Media, ["amp-iframe"] = TagKind.Media, ["object"] = TagKind.Media, ["embed"] = TagKind.Media,
        ["script"] = TagKind.Skipped, ["style"] = TagKind.Skipped, ["noscript"] = TagKind.Skipped, ["template"] = TagKind.Skipped,
        ["svg"] = TagKind.Skipped, ["math"] = TagKind.Skipped, ["select"] = TagKind.Skipped, ["textarea"] = TagKind.Skipped, ["input"] = TagKind.Skipped,
        ["option"] = TagKind.Skipped, ["datalist"] = TagKind.Skipped, ["canvas"] = TagKind.Skipped, ["head"] = TagKind.Skipped, ["title"] = TagKind.Skipped,
        ["link"] = TagKind.Skipped, ["meta"] = TagKind.Skipped, ["map"] = TagKind.Skipped, ["rp"] = TagKind.Skipped, ["rt"] = TagKind.Skipped,
        ["noembed"] = TagKind.Skipped, ["noframes"] = TagKind.Skipped, ["dialog"] = TagKind.Div,
        ["p"] = TagKind.Paragraph, ["h1"] = TagKind.H1, ["h2"] = TagKind.H2, ["h3"] = TagKind.H3, ["h4"] = TagKind.H4, ["h5"] = TagKind.H5,
        ["h6"] = TagKind.H6, ["li"] = TagKind.ListItem, ["ul"] = TagKind.List, ["ol"] = TagKind.List, ["dl"] = TagKind.List, ["menu"] = TagKind.List,
        ["dir"] = TagKind.List, ["blockquote"] = TagKind.Quote, ["pre"] = TagKind.Preformatted, ["table"] = TagKind.Table, ["tr"] = TagKind.Row,
        ["td"] = TagKind.Cell, ["th"] = TagKind.Cell, ["dt"] = TagKind.Term, ["dd"] = TagKind.Definition, ["figure"] = TagKind.Figure,
        ["figcaption"] = TagKind.Caption, ["caption"] = TagKind.Caption, ["legend"] = TagKind.Caption, ["article"] = TagKind.Article,
        ["section"] = TagKind.Section, ["main"] = TagKind.Main, ["aside"] = TagKind.Aside, ["nav"] = TagKind.Nav, ["header"] = TagKind.Header,
        ["footer"] = TagKind.Footer, ["form"] = TagKind.Form, ["fieldset"] = TagKind.Form, ["details"] = TagKind.Details, ["summary"] = TagKind.Div,
        ["address"] = TagKind.Address, ["body"] = TagKind.Body, ["html"] = TagKind.Body, ["div"] = TagKind.Div, ["center"] = TagKind.Div,
        ["hgroup"] = TagKind.Header, ["tbody"] = TagKind.Div, ["thead"] = TagKind.Div, ["tfoot"] = TagKind.Div, ["hr"] = TagKind.Div,
        ["search"] = TagKind.Form, ["frameset"] = TagKind.Div, ["colgroup"] = TagKind.Skipped,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The kind of an element by its lower-case name; unknown and custom elements are inline, as browsers show them.</summary>
    public static TagKind Kind(string localName) => Kinds.GetValueOrDefault(localName, TagKind.Inline);

    /// <summary>True when the element stands on lines of its own.</summary>
    public static bool IsBlock(TagKind tag) => tag >= TagKind.Div;

    /// <summary>True for h1 to h6.</summary>
    public static bool IsHeading(TagKind tag) => tag is >= TagKind.H1 and <= TagKind.H6;
}
