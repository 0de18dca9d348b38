using System.Text;
using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Tests.Extraction.Tree;

/// <summary>
/// A tree as one text: elements with their namespaces, the attributes that extraction reads, texts. White space that nobody sees may be left out of a page, and is not
/// written: at a block's start, before and behind a block, in the head.
/// </summary>
internal static class WrittenTree
{
    /// <param name="parent">The tree.</param>
    /// <param name="isShown">Which elements are written with what they hold.</param>
    public static string Of(TreeParent parent, Func<TreeElement, bool> isShown)
    {
        var text = new StringBuilder();
        Write(parent, text, isShown);
        return text.ToString();
    }

    /// <summary>Writes a text.</summary>
    /// <param name="text">Takes it.</param>
    /// <param name="parent">The name of the element that holds it; empty for the document.</param>
    /// <param name="piece">The text.</param>
    /// <param name="isEdge">True at a block's start and behind a block.</param>
    public static void AddText(StringBuilder text, string parent, string piece, ref bool isEdge)
    {
        var shown = isEdge || (parent is "head" or "html" && string.IsNullOrWhiteSpace(piece)) ? piece.TrimStart() : piece;
        text.Append(shown);
        isEdge &= shown.Length == 0;
    }

    /// <summary>Writes an element's start but for its attributes.</summary>
    public static void Open(StringBuilder text, string name, string namespaceUri, bool isBlock)
    {
        while (isBlock && text.Length > 0 && char.IsWhiteSpace(text[^1]))
            text.Length--;
        text.Append('<').Append(name).Append(namespaceUri.AsSpan()[^3..]);
    }

    private static void Write(TreeParent parent, StringBuilder text, Func<TreeElement, bool> isShown)
    {
        var isEdge = parent.IsBlock;
        foreach (var child in parent.Children)
        {
            if (child is TreeText piece)
                AddText(text, (parent as TreeElement)?.LocalName ?? "", piece.ToString(), ref isEdge);
            if (child is not TreeElement element)
                continue;

            isEdge = element.IsBlock;
            Open(text, element.LocalName, element.Name.NamespaceUri, element.IsBlock);
            foreach (var attribute in element.Attributes)
            {
                if (ReadAttributes.IsRead(attribute.Name))
                    text.Append(' ').Append(attribute.Name).Append('=').Append(attribute.Value);
            }

            text.Append('>');
            if (isShown(element))
                Write(element, text, isShown);
            text.Append("</>");
        }
    }
}
