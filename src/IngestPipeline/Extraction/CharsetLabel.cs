using System.Text;

namespace IngestPipeline.Extraction;

/// <summary>Finds charset labels in a Content-Type header and in markup.</summary>
internal static class CharsetLabel
{
    private const int MaxLabel = 64;

    private static readonly System.Buffers.SearchValues<char> ValueEnd = System.Buffers.SearchValues.Create("\"' ;,/>\t\r\n");

    /// <summary>The charset parameter of a Content-Type header; null when it has none.</summary>
    public static string? InHeader(string? contentType) => contentType is null ? null : After(contentType);

    /// <summary>The first <c>meta</c> element's charset (or the XML declaration's encoding), wherever it stands; null when there is none.</summary>
    public static string? InMarkup(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("<?xml"u8) && bytes[..Math.Min(bytes.Length, 200)].IndexOf("encoding="u8) is var at and > 0)
        {
            var value = Encoding.Latin1.GetString(bytes.Slice(at + 9, Math.Min(MaxLabel, bytes.Length - at - 9)));
            return Value(value);
        }

        while (true)
        {
            var open = bytes.IndexOf((byte)'<');
            if (open < 0)
                return null;

            bytes = bytes[(open + 1)..];
            if (bytes.StartsWith("!--"u8))
            {
                var end = bytes.IndexOf("-->"u8);
                if (end < 0)
                    return null;
                bytes = bytes[end..];
            }
            else if (bytes.Length > 5 && Ascii.EqualsIgnoreCase(bytes[..4], "meta"u8))
            {
                var end = bytes[..Math.Min(bytes.Length, 1024)].IndexOf((byte)'>');
                if (end > 0 && After(Encoding.Latin1.GetString(bytes[..end])) is { } label)
                    return label;
            }
        }
    }

    private static string? After(string text)
    {
        var at = text.IndexOf("charset", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return null;

        var rest = text.AsSpan(at + 7).TrimStart();
        return rest.StartsWith("=") ? Value(rest[1..]) : null;
    }

    private static string? Value(ReadOnlySpan<char> text)
    {
        text = text.TrimStart().TrimStart("\"'").TrimStart();
        var end = text.IndexOfAny(ValueEnd);
        var label = (end < 0 ? text : text[..end]).Trim();
        return label.IsEmpty || label.Length > MaxLabel ? null : label.ToString();
    }
}
