using System.Globalization;
using System.Text;
using IngestPipeline.Fetching.Charsets;

namespace IngestPipeline.Feeds.Text;

/// <summary>Finds an encoding by the labels that XML documents use: those of browsers, IANA's and code page numbers besides.</summary>
internal static class XmlEncodings
{
    /// <summary>The encoding; null for an unknown label.</summary>
    public static Encoding? Find(string label)
    {
        label = label.Trim();
        if (label.Length is 0 or > 40)
            return null;
        if (WhatwgEncodings.Find(label) is { } known)
            return known;
        var plain = Plain(label);
        return plain switch
        {
            "utf32" or "ucs4" or "iso10646ucs4" or "utf32le" or "ucs4le" => new UTF32Encoding(bigEndian: false, byteOrderMark: false),
            "utf32be" or "ucs4be" => new UTF32Encoding(bigEndian: true, byteOrderMark: false),
            "u16" => Encoding.Unicode,
            "hz" or "hzgb2312" => CodePage(52936),
            "iso2022kr" => CodePage(50225),
            "eucjis2004" or "eucjisx0213" => CodePage(51932),
            "shiftjis2004" or "shiftjisx0213" => CodePage(932),
            _ => ByNumber(plain) ?? ByHyphens(plain),
        };
    }

    private static string Plain(string label) =>
        string.Concat(label.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit));

    /// <summary>cp437, IBM037, windows-1252, dos-862, csIBM01140, 850.</summary>
    private static Encoding? ByNumber(string plain)
    {
        foreach (var prefix in (ReadOnlySpan<string>)["csibm", "ibm", "cspc", "xcp", "cp", "windows", "dos", "ms", ""])
        {
            if (plain.StartsWith(prefix, StringComparison.Ordinal) && plain.Length - prefix.Length is >= 2 and <= 5
                && int.TryParse(plain.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return CodePage(number);
        }
        return null;
    }

    /// <summary>utf_8, iso8859_15, latin-1, koi8_r, mac-roman: the same labels otherwise punctuated.</summary>
    private static Encoding? ByHyphens(string plain)
    {
        if (WhatwgEncodings.Find(plain) is { } known)
            return known;
        foreach (var prefix in (ReadOnlySpan<string>)["iso8859", "utf", "koi8", "euc", "iso2022", "shift"])
        {
            if (plain.StartsWith(prefix, StringComparison.Ordinal) && plain.Length > prefix.Length)
                return WhatwgEncodings.Find($"{prefix}-{plain[prefix.Length..]}") ?? WhatwgEncodings.Find($"iso-8859-{plain[prefix.Length..]}");
        }
        return plain switch
        {
            "utf16le" => Encoding.Unicode,
            "utf16be" => Encoding.BigEndianUnicode,
            "macroman" => CodePage(10000),
            "macgreek" => CodePage(10006),
            "maccyrillic" => CodePage(10007),
            "maclatin2" or "maccentraleurope" => CodePage(10029),
            "maciceland" => CodePage(10079),
            "macturkish" => CodePage(10081),
            "johab" => CodePage(1361),
            _ => null,
        };
    }

    private static Encoding? CodePage(int number) => CodePagesEncodingProvider.Instance.GetEncoding(number);
}
