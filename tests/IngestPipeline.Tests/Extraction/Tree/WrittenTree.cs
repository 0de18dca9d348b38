using System.Text;
using System.Text.RegularExpressions;
using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Tests.Extraction.Tree;

/// <summary>
/// A tree as one text: elements with their namespaces, the attributes that extraction reads, texts. White space that nobody sees may be left out of a page, and
/// is not written: at a block's start and end, before and behind a block, in the head, among a table's columns.
/// </summary>
internal static partial class WrittenTree
{
    /// <param name="parent">The tree.</param>
    /// <param name="isShown">Which elements are written with what they hold.</param>
    /// <param name="isRead">Which attributes are written; null for all that are read anywhere.</param>
    public static string Of(TreeParent parent, Func<TreeElement, bool> isShown, Func<TreeElement, TreeAttribute, bool>? isRead = null)
    {
        var text = new StringBuilder();
        Write(parent, text, isShown, isRead ?? ((_, attribute) => ReadAttributes.IsRead(attribute.Name)));
        return End(text.ToString());
    }

    /// <summary>Writes a text.</summary>
    /// <param name="text">Takes it.</param>
    /// <param name="parent">The name of the element that holds it; empty for the document.</param>
    /// <param name="piece">The text.</param>
    /// <param name="isEdge">True at a block's start and behind a block.</param>
    public static void AddText(StringBuilder text, string parent, string piece, ref bool isEdge)
    {
        var shown = isEdge || (parent is "head" or "html" or "colgroup" && string.IsNullOrWhiteSpace(piece)) ? piece.TrimStart() : piece;
        text.Append(shown);
        isEdge &= shown.Length == 0;
    }

    /// <summary>Writes an element's start but for its attributes.</summary>
    public static void Open(StringBuilder text, string name, string namespaceUri, bool isBlock) =>
        text.Append(isBlock ? "<|" : "<").Append(name).Append(namespaceUri.AsSpan()[^3..]);

    /// <summary>Writes an element's end.</summary>
    public static void Close(StringBuilder text, bool isBlock) => text.Append(isBlock ? "</|>" : "</>");

    /// <summary>What was written, without the white space before a block's edge.</summary>
    public static string End(string text) => Edges().Replace(text, "");

    [GeneratedRegex(@"\s+(?=(?:</>|\s)*(?:<\||</\||$))")]
    private static partial Regex Edges();

    private static void Write(TreeParent parent, StringBuilder text, Func<TreeElement, bool> isShown, Func<TreeElement, TreeAttribute, bool> isRead)
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
                if (isRead(element, attribute))
                    text.Append(' ').Append(attribute.Name).Append('=').Append(attribute.Value);
            }

            text.Append('>');
            if (isShown(element))
                Write(element, text, isShown, isRead);
            Close(text, element.IsBlock);
        }
    }
}
