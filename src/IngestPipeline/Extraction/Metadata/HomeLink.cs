using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>Tells headings that are the site's masthead: they link to its front page.</summary>
internal static class HomeLink
{
    private const int MaxDepth = 4;

    // "/", "./", "../"
    private const int MaxStep = 3;

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

    /// <summary>False for an address that surely leads to no front page; it is looked at as it stands in the markup, without quotes.</summary>
    public static bool MayBeHome(ReadOnlySpan<char> address)
    {
        if (address.Length <= MaxStep || address.StartsWith("/index.", StringComparison.OrdinalIgnoreCase))
            return true;
        if (!address.StartsWith("http", StringComparison.OrdinalIgnoreCase))
            return false;

        var host = address.IndexOf("://");
        var start = host < 0 ? -1 : address[(host + 3)..].IndexOfAny('/', '?', '#');
        if (start < 0)
            return true;

        // A step up takes back what stands before it.
        var path = address[(host + 3 + start)..];
        return !path.ContainsAnyInRange('a', 'z') || (path.ContainsAny('.', '%') && (path.Contains('%') || path.IndexOf("..") >= 0));
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
