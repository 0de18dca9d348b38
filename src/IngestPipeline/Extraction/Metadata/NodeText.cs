using System.Text;
using IngestPipeline.Extraction.StructuredData;
using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>The text of small parts of a page, bounded in nodes and characters.</summary>
internal static class NodeText
{
    private const int MaxNodes = 400;

    // Nothing with a break stands for a boundary between blocks.
    private delegate bool Visitor(ReadOnlySpan<char> data, bool breaks);

    /// <summary>The text of an element as one line, cut at <paramref name="max"/> characters.</summary>
    public static string Line(TreeElement element, int max)
    {
        if (element.OnlyText is { } text)
            return Cut(HtmlFragment.Fold(text.ToString()), max);

        var builder = new StringBuilder();
        Visit(element, (data, breaks) => Append(builder, data, breaks, max), MaxNodes, out _);
        return Cut(HtmlFragment.Fold(builder.ToString()), max);
    }

    /// <summary>
    /// The text nodes of an element, each folded, without empty ones, until <paramref name="max"/> characters or <paramref name="maxNodes"/> nodes are reached.
    /// </summary>
    public static IReadOnlyList<string> Runs(TreeElement element, int max, int maxNodes, out int elements)
    {
        if (element.OnlyText is { } text)
        {
            elements = 0;
            var line = HtmlFragment.Fold(Cut(text.ToString(), 4 * max));
            return line.Length > 0 ? [Cut(line, max)] : [];
        }

        var runs = new List<string>();
        var length = 0;
        Visit(element, (data, _) =>
        {
            var run = length > max || data.IsWhiteSpace() ? "" : HtmlFragment.Fold((data.Length > max ? data[..max] : data).ToString());
            if (run.Length > 0)
                runs.Add(run);
            length += run.Length;
            return length <= max;
        }, maxNodes, out elements);
        return runs;
    }

    /// <summary>The start of a text, at most <paramref name="max"/> characters, without half of a surrogate pair at its end.</summary>
    public static string Cut(string text, int max) =>
        text.Length <= max ? text : text[..(char.IsHighSurrogate(text[max - 1]) ? max - 1 : max)];

    private static bool Append(StringBuilder builder, ReadOnlySpan<char> data, bool breaks, int max)
    {
        if (breaks)
            builder.Append(' ');
        builder.Append(data);
        return builder.Length < 4 * max;
    }

    private static void Visit(TreeElement root, Visitor visit, int maxNodes, out int elements)
    {
        elements = 0;
        var open = new Stack<(TreeElement Parent, int Next, bool IsBlock)>(8);
        open.Push((root, 0, false));
        for (var nodes = 0; nodes < maxNodes && open.TryPop(out var frame); nodes++)
        {
            if (frame.Next >= frame.Parent.Count)
            {
                if (frame.IsBlock && !visit(default, true))
                    return;
                continue;
            }

            open.Push(frame with { Next = frame.Next + 1 });
            var child = frame.Parent[frame.Next];
            if (child is TreeText text)
            {
                if (!visit(text.Span, false))
                    return;
            }
            else if (child is TreeElement element)
            {
                elements++;
                if (element.LocalName is "script" or "style" or "noscript" or "template" or "svg" or "rt" or "rp")
                    continue;

                var isBlock = element.IsBlock || element.LocalName == "br";
                if (isBlock && !visit(default, true))
                    return;
                open.Push((element, 0, isBlock));
            }
        }
    }
}
