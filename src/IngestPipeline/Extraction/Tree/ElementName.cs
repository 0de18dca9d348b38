using AngleSharp.Dom;
using IngestPipeline.Extraction.Metadata;
using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction.Tree;

/// <summary>An element's name, looked up once for everything that asks what it means.</summary>
internal sealed class ElementName(string text, string namespaceUri, NodeFlags flags)
{
    /// <summary>The name.</summary>
    public string Text { get; } = text;

    /// <summary>The namespace: HTML's, SVG's or MathML's.</summary>
    public string NamespaceUri { get; } = namespaceUri;

    /// <summary>What AngleSharp's tree construction must know of such elements.</summary>
    public NodeFlags Flags { get; } = flags;

    /// <summary>True for elements of HTML.</summary>
    public bool IsHtml { get; } = flags.HasFlag(NodeFlags.HtmlMember);

    /// <summary>What it is to segmentation.</summary>
    public TagKind Kind { get; } = Tags.Kind(text);

    /// <summary>True for an element of the page's own making: only their names have a hyphen.</summary>
    public bool IsCustom { get; } = Tags.Kind(text) == TagKind.Inline && text.Contains('-', StringComparison.Ordinal);

    /// <summary>True when it stands on lines of its own, or holds nothing but what does.</summary>
    public bool IsBlock { get; } = flags.HasFlag(NodeFlags.HtmlMember) && (text == "head" || Tags.IsBlock(Tags.Kind(text)));

    /// <summary>What it is to metadata.</summary>
    public TagTraits Traits { get; } = TagTable.Of(text);
}
