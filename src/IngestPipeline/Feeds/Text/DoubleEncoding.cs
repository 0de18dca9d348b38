using System.Text;
using System.Text.Unicode;

namespace IngestPipeline.Feeds.Text;

/// <summary>Mends text whose UTF-8 bytes were taken for windows-1252 characters and encoded again.</summary>
internal static class DoubleEncoding
{
    private const string C1 = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";

    /// <summary>The text as it was meant; itself when it does not have that fault throughout.</summary>
    public static string Mend(string text, Repairs repairs)
    {
        if (Decode(text) is not { } mended)
            return text;
        repairs.Note("text that was UTF-8 encoded twice was mended");
        return mended;
    }

    private static string? Decode(string text)
    {
        // Every sequence starts with a character from Â to ô, and one that stands for 0x80 to 0xBF follows: most texts end here.
        var lead = text.AsSpan().IndexOfAnyInRange('\u00C2', '\u00F4');
        if (lead < 0
            || lead + 1 == text.Length
            || text[lead + 1] is not (>= '\u0080' and <= '\u00BF') && !C1.Contains(text[lead + 1], StringComparison.Ordinal))
            return null;
        var bytes = new byte[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c <= '\u00FF')
                bytes[i] = (byte)c;
            else if (C1.Contains(c, StringComparison.Ordinal))
                bytes[i] = Fetching.Charsets.WhatwgEncodings.Find("windows-1252")!.GetBytes([c])[0];
            else
                return null;
        }
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;
    }
}
