using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using IngestPipeline.Fetching.Charsets;

namespace IngestPipeline.Feeds.Text;

/// <summary>Finds an encoding by the labels that XML documents use: those of browsers, IANA's and code page numbers besides.</summary>
internal static class XmlEncodings
{
    private static readonly FrozenDictionary<string, string> Names =
        (from line in Lines("xml-encodings.table.txt")
         let parts = line.Split(": ")
         from label in parts[1].Split(' ')
         select KeyValuePair.Create(label, parts[0])).DistinctBy(pair => pair.Key).ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Encoding> OneByte =
        (from line in Lines("xml-one-byte.table.txt")
         let parts = line.Split(' ')
         let upper = parts[1..].Select(code => (char)int.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray()
         select KeyValuePair.Create(parts[0], (Encoding)new OneByteEncoding(parts[0], upper))).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The encoding; null for an unknown label.</summary>
    public static Encoding? Find(string label)
    {
        label = label.Trim();
        if (label.Length is 0 or > 40)
            return null;
        if (WhatwgEncodings.Find(label) is { } known)
            return known;
        // IANA's names end in a year: ISO_8859-15:1998.
        if (label.IndexOf(':', StringComparison.Ordinal) is > 0 and var year)
            label = label[..year];
        var plain = string.Concat(label.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit));
        return Names.TryGetValue(plain, out var name) ? ByName(name) : ByNumber(plain) ?? ByPart(plain);
    }

    private static Encoding? ByName(string name) => name switch
    {
        "utf-32le" => new UTF32Encoding(bigEndian: false, byteOrderMark: false),
        "utf-32be" => new UTF32Encoding(bigEndian: true, byteOrderMark: false),
        _ when name.StartsWith("cp:", StringComparison.Ordinal) => CodePage(int.Parse(name.AsSpan(3), CultureInfo.InvariantCulture)),
        _ when name.StartsWith("table:", StringComparison.Ordinal) => OneByte[name[6..]],
        _ => WhatwgEncodings.Find(name),
    };

    /// <summary>cp437, IBM037, windows-1252, dos-862, csIBM01140, 850.</summary>
    private static Encoding? ByNumber(string plain)
    {
        var digits = plain.AsSpan().IndexOfAnyInRange('0', '9');
        return digits >= 0 && plain[..digits] is "" or "cp" or "xcp" or "ibm" or "csibm" or "windows" or "cswindows" or "dos" or "ms"
            && plain.Length - digits is >= 2 and <= 5
            && int.TryParse(plain.AsSpan(digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? CodePage(number)
            : null;
    }

    /// <summary>iso8859_15, ISO-8859_2: the same labels otherwise punctuated.</summary>
    private static Encoding? ByPart(string plain) =>
        WhatwgEncodings.Find(plain)
        ?? (plain.StartsWith("iso8859", StringComparison.Ordinal) ? WhatwgEncodings.Find($"iso-8859-{plain[7..]}") : null);

    private static Encoding? CodePage(int number) => CodePagesEncodingProvider.Instance.GetEncoding(number);

    private static IEnumerable<string> Lines(string file)
    {
        using var stream = typeof(XmlEncodings).Assembly.GetManifestResourceStream(typeof(XmlEncodings), file)
            ?? throw new InvalidOperationException($"{file} is not embedded.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(line => line[0] != '#')];
    }
}
