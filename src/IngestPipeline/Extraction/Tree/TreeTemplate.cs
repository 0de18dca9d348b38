using AngleSharp.Html.Construction;

namespace IngestPipeline.Extraction.Tree;

/// <summary>
/// A template while a page is parsed. Its content belongs to no page until a script asks for it, and is dropped; but what a browser attaches to the element
/// around it as it parses (HTML Living Standard, <c>shadowrootmode</c>) is shown, for which AngleSharp has steps in its own tree.
/// </summary>
internal sealed class TreeTemplate(TreeDocument document) : TreeElement(ElementNames.Html("template")!), IConstructableTemplateElement
{
    void IConstructableTemplateElement.PopulateFragment()
    {
        document.TakeTemplate(isShown: GetAttribute("shadowrootmode") is not null);
        Clear();
    }

    /// <inheritdoc />
    protected override void End() => document.EndTemplate();
}
