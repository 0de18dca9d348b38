namespace IngestPipeline.Feeds.Text;

/// <summary>
/// Resolves relative addresses (RFC 3986 §5.2) without changing what is already absolute: no escaping, no host normalisation.
/// Linear in its input, and never throws.
/// </summary>
internal static class UriReference
{
    /// <summary>Whether a reference has a scheme.</summary>
    public static bool IsAbsolute(ReadOnlySpan<char> reference)
    {
        var colon = reference.IndexOfAny(":/?#");
        if (colon <= 0 || reference[colon] != ':' || !char.IsAsciiLetter(reference[0]))
            return false;
        foreach (var c in reference[..colon])
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.'))
                return false;
        }
        return true;
    }

    /// <summary>The reference made absolute; itself when it is absolute already or the base is not.</summary>
    public static string Resolve(string? baseUri, string reference)
    {
        if (baseUri is null || IsAbsolute(reference) || !IsAbsolute(baseUri))
            return reference;
        var scheme = baseUri.IndexOf(':', StringComparison.Ordinal);
        var rest = baseUri.AsSpan(scheme + 1);
        if (!rest.StartsWith("//"))
            return reference;
        if (reference.StartsWith("//", StringComparison.Ordinal))
            return string.Concat(baseUri.AsSpan(0, scheme + 1), reference);

        var authority = 2 + Length(rest[2..], "/?#");
        var root = baseUri.AsSpan(0, scheme + 1 + authority);
        var path = rest[authority..];
        var query = path[Length(path, "?#")..];
        path = path[..^query.Length];
        query = query[..Length(query, "#")];
        if (reference.Length == 0)
            return string.Concat(root, path, query);
        return reference[0] switch
        {
            '#' => string.Concat(root, path, query, reference),
            '?' => string.Concat(root, path, reference),
            '/' => Join(root, "", reference),
            _ => Join(root, path.Length == 0 ? "/" : path[..(path.LastIndexOf('/') + 1)], reference),
        };
    }

    private static string Join(ReadOnlySpan<char> root, ReadOnlySpan<char> folder, string reference)
    {
        var length = Length(reference, "?#");
        var tail = reference.AsSpan(length);
        var path = string.Concat(folder, reference.AsSpan(0, length));
        return string.Concat(root, path.Contains("/.", StringComparison.Ordinal) ? RemoveDots(path) : path, tail);
    }

    /// <summary>Removes . and .. segments (RFC 3986 §5.2.4).</summary>
    private static string RemoveDots(string path)
    {
        var kept = new List<string>();
        var segments = path.Split('/');
        for (var i = 1; i < segments.Length; i++)
        {
            var last = i == segments.Length - 1;
            switch (segments[i])
            {
                case "..":
                    if (kept.Count > 0)
                        kept.RemoveAt(kept.Count - 1);
                    break;
                case ".":
                    break;
                default:
                    kept.Add(segments[i]);
                    continue;
            }
            if (last)
                kept.Add("");
        }
        return "/" + string.Join('/', kept);
    }

    private static int Length(ReadOnlySpan<char> text, ReadOnlySpan<char> ends)
    {
        var length = text.IndexOfAny(ends);
        return length < 0 ? text.Length : length;
    }
}
