using System.Collections.Frozen;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace IngestPipeline.Extraction.Tree;

/// <summary>The names of HTML, SVG and MathML, with the flags that AngleSharp itself gives their elements.</summary>
internal static class ElementNames
{
    private static readonly string[] HtmlNames = (
        "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br button canvas caption center cite code col "
        + "colgroup command data datalist dd del desc details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer foreignObject form frame frameset "
        + "h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img input ins isindex kbd keygen label legend li link listing main map mark marquee math menu "
        + "menuitem meta meter nav nobr noembed noframes noscript object ol optgroup option output p param picture plaintext pre progress q rb rp rt rtc ruby s samp script "
        + "search section select slot small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul "
        + "var video wbr xmp").Split(' ');

    private static readonly string[] SvgNames =
        "svg circle desc foreignObject title path g rect line polygon polyline ellipse use defs style script a text tspan symbol".Split(' ');

    private static readonly string[] MathNames = "math mn mo mi ms mtext mglyph malignmark annotation-xml mrow mfrac semantics annotation".Split(' ');

    private static readonly IDocument Source = new HtmlParser().ParseDocument(string.Empty);

    private static readonly NodeFlags UnknownFlags = Source.CreateElement("x-unknown").Flags;

    private static readonly FrozenDictionary<string, ElementName>.AlternateLookup<ReadOnlySpan<char>> HtmlTable = Read(NamespaceNames.HtmlUri, HtmlNames);

    private static readonly FrozenDictionary<string, ElementName>.AlternateLookup<ReadOnlySpan<char>> SvgTable = Read(NamespaceNames.SvgUri, SvgNames);

    private static readonly FrozenDictionary<string, ElementName>.AlternateLookup<ReadOnlySpan<char>> MathTable = Read(NamespaceNames.MathMlUri, MathNames);

    private static readonly NodeFlags OtherSvgFlags = Source.CreateElement(NamespaceNames.SvgUri, "x").Flags;

    private static readonly NodeFlags OtherMathFlags = Source.CreateElement(NamespaceNames.MathMlUri, "x").Flags;

    /// <summary>A name of HTML; null for others.</summary>
    public static ElementName? Html(ReadOnlySpan<char> name) => HtmlTable.TryGetValue(name, out var known) ? known : null;

    /// <summary>A name of SVG.</summary>
    public static ElementName Svg(ReadOnlySpan<char> name) =>
        SvgTable.TryGetValue(name, out var known) ? known : new(name.ToString(), NamespaceNames.SvgUri, OtherSvgFlags);

    /// <summary>A name of MathML.</summary>
    public static ElementName Math(ReadOnlySpan<char> name) =>
        MathTable.TryGetValue(name, out var known) ? known : new(name.ToString(), NamespaceNames.MathMlUri, OtherMathFlags);

    /// <summary>A name that HTML does not know.</summary>
    public static ElementName Unknown(string name) => new(name, NamespaceNames.HtmlUri, UnknownFlags);

    private static FrozenDictionary<string, ElementName>.AlternateLookup<ReadOnlySpan<char>> Read(string namespaceUri, string[] names) =>
        names.ToFrozenDictionary(n => n, n => new ElementName(n, namespaceUri, Source.CreateElement(namespaceUri, n).Flags), StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
}
