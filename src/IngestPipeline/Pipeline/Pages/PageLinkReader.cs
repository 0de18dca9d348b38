using System.Globalization;
using System.Net;
using System.Text;

namespace IngestPipeline.Pipeline.Pages;

/// <summary>
/// Finds a page's <see cref="PageLinks"/> in one pass over its bytes, without a DOM: only a few kinds of tags are looked into. What stands in comments,
/// scripts and <c>noscript</c> is passed over, as a browser would.
/// </summary>
internal ref struct PageLinkReader
{
    private const int MaxTag = 4_096;
    private const int MaxNext = 4;
    private const int LongestRefresh = 30;

    private readonly ReadOnlySpan<byte> _page;
    private readonly List<Uri> _next;
    private Uri _base;
    private Uri? _refresh;
    private Uri? _amp;
    private Uri? _print;

    private PageLinkReader(ReadOnlySpan<byte> page, Uri url)
    {
        _page = page;
        _base = url;
        _next = [];
    }

    /// <param name="page">The page's bytes in a charset that contains ASCII.</param>
    /// <param name="url">The page's address.</param>
    public static PageLinks Read(ReadOnlySpan<byte> page, Uri url)
    {
        var reader = new PageLinkReader(page, url);
        reader.Walk();
        return new() { Refresh = reader._refresh, Next = reader._next, Variant = reader._amp ?? reader._print };
    }

    /// <summary>
    /// True where a page may name a next one. Most articles do not, and it takes a tenth of the time of <see cref="Read"/> to see that. Written
    /// as people and programs write it: a REL in capitals is not worth the time.
    /// </summary>
    public static bool MayHaveNext(ReadOnlySpan<byte> page)
    {
        while (page.IndexOf("rel="u8) is >= 0 and var at)
        {
            page = page[(at + 4)..];
            var value = page[..Math.Min(page.Length, 60)];
            if (value is [(byte)'"' or (byte)'\'', ..] && value[1..].IndexOf(value[0]) is >= 0 and var end)
                value = value[1..(end + 1)];
            if (value.IndexOf("ext"u8) >= 0)
                return true;
        }

        return false;
    }

    private void Walk()
    {
        for (var at = 0; at < _page.Length;)
        {
            var open = _page[at..].IndexOf((byte)'<');
            if (open < 0)
                return;
            at += open + 1;
            var rest = _page[at..];
            if (rest.StartsWith("!--"u8))
                at += After(rest, "-->"u8);
            else if (Is(rest, "script"u8))
                at += After(rest, "</script"u8);
            else if (Is(rest, "noscript"u8))
                at += After(rest, "</noscript"u8);
            else if (Is(rest, "link"u8) || Is(rest, "a"u8) || Is(rest, "meta"u8) || Is(rest, "base"u8))
                at += Tag(rest);
        }
    }

    private int Tag(ReadOnlySpan<byte> rest)
    {
        var length = rest[..Math.Min(rest.Length, MaxTag)].IndexOf((byte)'>');
        if (length < 0)
            return 1;
        var tag = rest[..length];
        if (tag[0] is (byte)'m' or (byte)'M')
            Meta(tag);
        else if (tag[0] is (byte)'b' or (byte)'B')
            _base = Address(Attribute(tag, "href"u8)) ?? _base;
        else
            Link(tag, isAnchor: tag[0] is (byte)'a' or (byte)'A');
        // An attribute may hold the sign that ended the tag here; going on right after it loses nothing.
        return length;
    }

    private void Link(ReadOnlySpan<byte> tag, bool isAnchor)
    {
        if (Attribute(tag, "rel"u8) is not { Length: > 0 and < 100 } rel)
            return;
        var words = rel.ToLowerInvariant().Split((char[])[' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Contains("next") && _next.Count < MaxNext && Address(Attribute(tag, "href"u8)) is { } next)
            _next.Insert(isAnchor ? 0 : _next.Count, next);
        else if (!isAnchor && words.Contains("amphtml"))
            _amp ??= Address(Attribute(tag, "href"u8));
        else if (!isAnchor && words.Contains("alternate") && Attribute(tag, "media"u8)?.Trim().Equals("print", StringComparison.OrdinalIgnoreCase) == true)
            _print ??= Address(Attribute(tag, "href"u8));
    }

    // "5; url=/there", with and without the word, in quotes or not (HTML Standard, "shared declarative refresh steps").
    private void Meta(ReadOnlySpan<byte> tag)
    {
        if (_refresh is not null
            || Attribute(tag, "http-equiv"u8)?.Trim().Equals("refresh", StringComparison.OrdinalIgnoreCase) != true
            || Attribute(tag, "content"u8) is not { } content)
            return;
        var text = content.AsSpan().TrimStart();
        var digits = text.IndexOfAnyExceptInRange('0', '9');
        if (digits <= 0 || !int.TryParse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > LongestRefresh)
            return;
        text = text[digits..].TrimStart("0123456789.").TrimStart(" \t\r\n;,");
        if (text.StartsWith("url", StringComparison.OrdinalIgnoreCase) && text[3..].TrimStart() is ['=', ..] value)
            text = value[1..].TrimStart();
        if (text is ['\'' or '"', ..])
            text = text[1..] is var quoted && quoted.IndexOf(text[0]) is >= 0 and var end ? quoted[..end] : quoted;
        _refresh = text.IsEmpty ? null : Address(text.ToString());
    }

    private Uri? Address(string? text) =>
        text is { Length: > 0 } && Uri.TryCreate(_base, text.Trim(), out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            ? url
            : null;

    private static string? Attribute(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> name)
    {
        for (var at = 0; at < tag.Length;)
        {
            var found = IndexOf(tag[at..], name);
            if (found < 0)
                return null;
            var start = at + found;
            at = start + name.Length;
            if (start == 0 || !IsBreak(tag[start - 1]))
                continue;
            var rest = tag[at..].TrimStart(" \t\r\n\f"u8);
            if (rest is not [(byte)'=', ..])
                continue;
            rest = rest[1..].TrimStart(" \t\r\n\f"u8);
            if (rest.IsEmpty)
                return "";
            var quote = rest[0];
            var value = quote is (byte)'"' or (byte)'\''
                ? rest[1..] is var inside && inside.IndexOf(quote) is >= 0 and var end ? inside[..end] : inside
                : rest.IndexOfAny(" \t\r\n\f"u8) is >= 0 and var stop ? rest[..stop] : rest;
            return WebUtility.HtmlDecode(Encoding.UTF8.GetString(value));
        }

        return null;
    }

    private static int IndexOf(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lowerCase)
    {
        for (var at = 0; at + lowerCase.Length <= text.Length; at++)
        {
            if (Starts(text[at..], lowerCase))
                return at;
        }

        return -1;
    }

    private static int After(ReadOnlySpan<byte> text, ReadOnlySpan<byte> end)
    {
        for (var at = 0; ;)
        {
            var found = text[at..].IndexOf(end[0]);
            if (found < 0)
                return text.Length;
            at += found;
            if (Starts(text[at..], end))
                return at + end.Length;
            at++;
        }
    }

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name) => Starts(text, name) && text.Length > name.Length && IsBreak(text[name.Length]);

    private static bool IsBreak(byte b) =>
        b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'\f' or (byte)'/' or (byte)'>' or (byte)'"' or (byte)'\'';

    private static bool Starts(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lowerCase)
    {
        if (text.Length < lowerCase.Length)
            return false;
        for (var i = 0; i < lowerCase.Length; i++)
        {
            if ((text[i] is >= (byte)'A' and <= (byte)'Z' ? text[i] | 0x20 : text[i]) != lowerCase[i])
                return false;
        }

        return true;
    }
}
