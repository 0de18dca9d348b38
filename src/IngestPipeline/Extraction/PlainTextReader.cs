using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction;

/// <summary>Parts plain text into blocks: lines, or paragraphs where lines are wrapped at a fixed width.</summary>
internal static class PlainTextReader
{
    private const int MaxBlocks = 60_000;
    private const int MinWidth = 50;
    private const int MaxWidth = 100;

    /// <summary>Parts a text.</summary>
    public static List<Block> Read(string text) => [.. ReadGroups(text).SelectMany(g => g).Select(line => new Block(BlockKind.Paragraph, line))];

    /// <summary>Parts a text, and says which lines no empty line parts.</summary>
    public static List<IReadOnlyList<string>> ReadGroups(string text)
    {
        var (groups, group, blocks) = (new List<IReadOnlyList<string>>(), new List<string>(), 0);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var folded = TextFolder.Fold(line);
            if (folded.Length > 0)
            {
                group.Add(folded);
                blocks++;
            }
            else
            {
                Close();
            }

            if (blocks > MaxBlocks)
                break;
        }

        Close();
        return groups;

        void Close()
        {
            if (group.Count > 0)
                groups.Add(IsWrapped(group) ? [string.Join(' ', group)] : group);
            group = [];
        }
    }

    /// <summary>Wrapped lines are all nearly as long as the longest, but for the last, and break within sentences.</summary>
    private static bool IsWrapped(List<string> group)
    {
        if (group.Count < 3)
            return false;

        var width = group.Max(l => l.Length);
        if (width is < MinWidth or > MaxWidth)
            return false;

        var broken = 0;
        for (var i = 0; i < group.Count - 1; i++)
        {
            if (group[i].Length < width - 20)
                return false;
            if (group[i][^1] is not ('.' or '!' or '?' or ':' or '"' or '”'))
                broken++;
        }

        return broken * 2 >= group.Count - 1;
    }
}
