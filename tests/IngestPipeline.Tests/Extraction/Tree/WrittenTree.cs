using System.Text;
using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Tests.Extraction.Tree;

/// <summary>A tree as one text: elements with their namespaces, the attributes that extraction reads, texts.</summary>
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

    private static void Write(TreeParent parent, StringBuilder text, Func<TreeElement, bool> isShown)
    {
        foreach (var child in parent.Children)
        {
            if (child is TreeText piece)
                text.Append(piece.Span);
            if (child is not TreeElement element)
                continue;

            text.Append('<').Append(element.LocalName).Append(element.Name.NamespaceUri.AsSpan()[^3..]);
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
