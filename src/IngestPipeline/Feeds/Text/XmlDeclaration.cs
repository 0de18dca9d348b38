using System.Text;

namespace IngestPipeline.Feeds.Text;

/// <summary>Reads the encoding label out of an XML declaration in bytes of which only ASCII is known.</summary>
internal static class XmlDeclaration
{
    private const int Farthest = 2048;

    /// <summary>The label; null when there is no declaration near the start or it names none.</summary>
    public static string? EncodingOf(ReadOnlySpan<byte> text)
    {
        var head = text[..Math.Min(text.Length, Farthest)];
        var start = head.IndexOf("<?xml"u8);
        if (start < 0)
            return null;
        head = head[start..];
        var end = head.IndexOf((byte)'>');
        if (end < 0)
            return null;
        var declaration = Encoding.ASCII.GetString(head[..end]);
        var at = declaration.IndexOf("encoding", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return null;
        var value = declaration.AsSpan(at + "encoding".Length).TrimStart();
        if (value.Length < 2 || value[0] != '=')
            return null;
        value = value[1..].TrimStart();
        if (value.Length < 2 || value[0] is not ('"' or '\''))
            return null;
        var close = value[1..].IndexOf(value[0]);
        return close <= 0 ? null : value.Slice(1, close).Trim().ToString();
    }
}
