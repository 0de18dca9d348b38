using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>Tells headings that are the site's masthead: they link to its front page.</summary>
internal static class HomeLink
{
    private const int MaxDepth = 4;

    /// <summary>True when the heading is a link to a front page, or holds nothing but one.</summary>
    public static bool IsIn(TreeElement heading)
    {
        if (heading.ParentElement is { LocalName: "a" } outer)
            return IsHome(outer.GetAttribute("href"));

        TreeElement? element = heading;
        for (var depth = 0; depth < MaxDepth && element is not null; depth++)
        {
            if (element.LocalName == "a")
                return IsHome(element.GetAttribute("href"));
            element = OnlyElement(element);
        }

        return false;
    }

    private static TreeElement? OnlyElement(TreeElement element)
    {
        TreeElement? only = null;
        foreach (var child in element.Children)
        {
            if (child is not TreeElement found)
                continue;
            if (only is not null)
                return null;
            only = found;
        }

        return only;
    }

    private static bool IsHome(string? address)
    {
        if (address is not { Length: > 0 and < 300 })
            return false;
        if (address is "/" or "./" or "../" || address.StartsWith("/index.", StringComparison.OrdinalIgnoreCase))
            return true;
        return address.StartsWith("http", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && uri.PathAndQuery.Length <= 1 && uri.Fragment.Length == 0;
    }
}
