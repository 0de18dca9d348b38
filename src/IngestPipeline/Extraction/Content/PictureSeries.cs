using System.Globalization;
using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction.Content;

/// <summary>
/// A series of pictures that stands in an article, often about other things: its captions are counted, <c>1/12</c> to <c>12/12</c>, and read like paragraphs.
/// Where it is all that a page has, it is the article.
/// </summary>
internal static class PictureSeries
{
    private const int MinPictures = 3;
    private const int MaxPictures = 999;

    // Whatever a page begins to count: each is looked at to the page's end.
    private const int MaxTries = 20;

    // So many letters beside it are an article.
    private const int MinBeside = 800;

    /// <summary>The chosen blocks without the elements that hold such series.</summary>
    /// <param name="layout">The page.</param>
    /// <param name="kept">The places of the chosen blocks, ascending.</param>
    public static List<int> Without(PageLayout layout, List<int> kept)
    {
        for (var (first, tries) = (0, 0); first < kept.Count && tries < MaxTries; first++)
        {
            if (Count(layout.Blocks[kept[first]].Text, out var of) != 1 || of is < MinPictures or > MaxPictures)
                continue;

            tries++;
            if (End(layout, kept, first, of) is not (> 0 and var last))
                continue;

            var series = layout.CommonAncestor(layout.Blocks[kept[first]].Container, layout.Blocks[kept[last]].Container);
            var others = kept.FindAll(k => k < series.FirstBlock || k > series.LastBlock);
            if (others.Sum(k => layout.Blocks[k].Text.Length) >= MinBeside)
                return others;
        }

        return kept;
    }

    /// <summary>The place of the last picture's block, where every one before it is there; -1 otherwise.</summary>
    private static int End(PageLayout layout, List<int> kept, int first, int of)
    {
        var next = 2;
        for (var i = first + 1; i < kept.Count; i++)
        {
            if (Count(layout.Blocks[kept[i]].Text, out var all) != next || all != of)
                continue;
            if (next++ == of)
                return i;
        }

        return -1;
    }

    /// <summary>The number that a caption begins with, and of how many; 0 where it has none.</summary>
    private static int Count(string text, out int of)
    {
        of = 0;
        var slash = text.Length > 2 && char.IsAsciiDigit(text[0]) ? text.AsSpan(0, Math.Min(text.Length, 6)).IndexOf('/') : -1;
        if (slash <= 0)
            return 0;

        var end = slash + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        return int.TryParse(text.AsSpan(0, slash).TrimEnd(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && int.TryParse(text.AsSpan(slash + 1, end - slash - 1), NumberStyles.None, CultureInfo.InvariantCulture, out of) ? number : 0;
    }
}
