using System.Text;

namespace IngestPipeline.Fetching.Robots;

/// <summary>
/// Paths in the one form in which RFC 9309 section 2.2.2 compares them: octets outside ASCII percent-encoded, unreserved ones not, hexadecimal
/// digits in capitals. <c>*</c> and <c>$</c> in an address are encoded, as a pattern's own are signs.
/// </summary>
internal static class RobotsPath
{
    /// <summary>A pattern as written in a file.</summary>
    public static string OfPattern(string text) => Normalise(text, isPattern: true);

    /// <summary>The path and query of an address.</summary>
    public static string Of(Uri url) => Normalise(url.PathAndQuery, isPattern: false);

    private static string Normalise(string text, bool isPattern)
    {
        var path = new StringBuilder(text.Length);
        Span<byte> utf8 = stackalloc byte[4];
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            if (c == '%' && at + 2 < text.Length && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2]))
            {
                var octet = Convert.FromHexString(text.AsSpan(at + 1, 2))[0];
                at += 2;
                if (char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~')
                    path.Append((char)octet);
                else
                    Append(path, octet);
            }
            else if (c < 0x80)
            {
                if (c is ' ' or < ' ' or '"' or '<' or '>' || (!isPattern && c == '*') || (c == '$' && !(isPattern && at == text.Length - 1)))
                    Append(path, (byte)c);
                else
                    path.Append(c);
            }
            else
            {
                Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var used);
                foreach (var octet in utf8[..rune.EncodeToUtf8(utf8)])
                    Append(path, octet);
                at += used - 1;
            }
        }

        return path.ToString();
    }

    private static void Append(StringBuilder path, byte octet) => path.Append('%').Append(Convert.ToHexString([octet]));
}
