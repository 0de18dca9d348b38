using AngleSharp.Html.Construction;

namespace IngestPipeline.Extraction.Tree;

/// <summary>A script of HTML; it is never run.</summary>
internal sealed class TreeScript() : TreeElement(ElementNames.Html("script")!), IConstructableScriptElement
{
    Task IConstructableScriptElement.RunAsync(CancellationToken cancel) => Task.CompletedTask;

    bool IConstructableScriptElement.Prepare(IConstructableDocument document) => false;
}
