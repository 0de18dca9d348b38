using System.Text;
using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Tests;

/// <summary>Copies a page as somebody does who marks all of it and pastes it as plain text: what it shows, line by line.</summary>
internal static class PlainCopy
{
    /// <summary>The copy of a page; hidden blocks are not in it.</summary>
    public static string Of(PageLayout layout)
    {
        var text = new StringBuilder();
        var wasOpen = false;
        foreach (var block in layout.Blocks.Where(b => !b.Node.IsHidden))
        {
            // Browsers set an empty line around paragraphs and headings, and none between entries of lists.
            var isOpen = block.Tag is TagKind.Paragraph or TagKind.Quote || Tags.IsHeading(block.Tag);
            if (text.Length > 0 && (isOpen || wasOpen))
                text.Append('\n');
            text.Append(block.Text).Append('\n');
            wasOpen = isOpen;
        }

        return text.ToString();
    }
}
