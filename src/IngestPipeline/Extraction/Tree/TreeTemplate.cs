using AngleSharp.Html.Construction;

namespace IngestPipeline.Extraction.Tree;

/// <summary>A template while a page is parsed. Its content belongs to no page until a script asks for it, and is dropped.</summary>
internal sealed class TreeTemplate(TreeDocument document) : TreeElement(ElementNames.Html("template")!), IConstructableTemplateElement
{
    void IConstructableTemplateElement.PopulateFragment()
    {
        document.TakeTemplate();
        Clear();
    }

    /// <inheritdoc />
    protected override void End() => document.EndTemplate();
}
