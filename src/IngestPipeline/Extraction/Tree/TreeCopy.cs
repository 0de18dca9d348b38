using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Text;

namespace IngestPipeline.Extraction.Tree;

/// <summary>Copies a tree of AngleSharp's own.</summary>
internal static class TreeCopy
{
    /// <summary>The same page as a tree of ours.</summary>
    public static TreeDocument Of(IDocument document)
    {
        var copy = new TreeDocument(new TextSource(string.Empty));
        var open = new Stack<(INode From, TreeParent To)>();
        open.Push((document, copy));
        while (open.TryPop(out var pair))
        {
            // A shadow root is shown in its host's place; what it has no slot for is rare, and stands behind it.
            foreach (var child in ((pair.From as IElement)?.ShadowRoot?.ChildNodes ?? Enumerable.Empty<INode>()).Concat(pair.From.ChildNodes))
            {
                if (child is IText text)
                {
                    pair.To.AppendText(text.Data.AsMemory());
                }
                else if (child is IElement element)
                {
                    var made = Copy(element, copy);
                    pair.To.Add(made);
                    if (element is not IHtmlTemplateElement)
                        open.Push((element, made));
                }
            }
        }

        return copy;
    }

    private static TreeElement Copy(IElement element, TreeDocument document)
    {
        var name = element.NamespaceUri == NamespaceNames.SvgUri ? ElementNames.Svg(element.LocalName)
            : element.NamespaceUri == NamespaceNames.MathMlUri ? ElementNames.Math(element.LocalName)
            : ElementNames.Html(element.LocalName) ?? document.OtherName(element.LocalName);
        var attributes = new TreeAttribute[element.Attributes.Length];
        for (var i = 0; i < attributes.Length; i++)
            attributes[i] = new(element.Attributes[i]!.Name.AsMemory(), element.Attributes[i]!.Value.AsMemory());
        var copy = element is IHtmlScriptElement ? new TreeScript() : new TreeElement(name);
        copy.SetAttributes(attributes);
        return copy;
    }
}
