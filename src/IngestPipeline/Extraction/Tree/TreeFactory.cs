using AngleSharp;
using AngleSharp.Common;
using AngleSharp.Dom;
using AngleSharp.Html.Construction;
using AngleSharp.Text;

namespace IngestPipeline.Extraction.Tree;

/// <summary>Makes the nodes that AngleSharp asks for.</summary>
internal sealed class TreeFactory : IDomConstructionElementFactory<TreeDocument, TreeElement>
{
    /// <inheritdoc />
    public TreeElement Create(TreeDocument document, StringOrMemory localName, StringOrMemory prefix = default, NodeFlags flags = NodeFlags.None)
    {
        var name = localName.Memory.Span;
        return new(ElementNames.Html(name) ?? document.OtherName(name));
    }

    /// <inheritdoc />
    public TreeElement CreateNoScript(TreeDocument document, bool scripting) => Html("noscript");

    /// <inheritdoc />
    public IConstructableNode CreateDocumentType(
        TreeDocument document, StringOrMemory name, StringOrMemory publicIdentifier, StringOrMemory systemIdentifier) =>
        new TreeDoctype();

    /// <inheritdoc />
    public IConstructableMathElement CreateMath(TreeDocument document, StringOrMemory name = default) => new TreeElement(ElementNames.Math(name.Memory.Span));

    /// <inheritdoc />
    public IConstructableSvgElement CreateSvg(TreeDocument document, StringOrMemory name = default) => new TreeElement(ElementNames.Svg(name.Memory.Span));

    /// <inheritdoc />
    public IConstructableMetaElement CreateMeta(TreeDocument document) => Html("meta");

    /// <inheritdoc />
    public IConstructableScriptElement CreateScript(TreeDocument document, bool parserInserted, bool started) => new TreeScript();

    /// <inheritdoc />
    public IConstructableFrameElement CreateFrame(TreeDocument document) => Html("frame");

    /// <inheritdoc />
    public IConstructableTemplateElement CreateTemplate(TreeDocument document) => new TreeTemplate(document);

    /// <inheritdoc />
    public IConstructableFormElement CreateForm(TreeDocument document) => Html("form");

    /// <inheritdoc />
    public TreeElement CreateUnknown(TreeDocument document, StringOrMemory tagName) => new(document.OtherName(tagName.Memory.Span));

    /// <inheritdoc />
    public TreeDocument CreateDocument(TextSource source, IBrowsingContext? context = null) => new(source);

    private static TreeElement Html(string name) => new(ElementNames.Html(name)!);

    /// <summary>A document type; nobody reads it.</summary>
    private sealed class TreeDoctype : TreeNode;
}
