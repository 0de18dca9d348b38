using System.Buffers.Text;
using System.Text;

namespace IngestPipeline.Feeds.Text;

/// <summary>Decodes base64 text as feeds carry it.</summary>
internal static class Base64Text
{
    /// <summary>The text; the input itself when it is not base64 of UTF-8 text.</summary>
    public static string Decode(string text)
    {
        if (!Base64.IsValid(text))
            return text;
        var bytes = Convert.FromBase64String(text);
        return System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : text;
    }
}
