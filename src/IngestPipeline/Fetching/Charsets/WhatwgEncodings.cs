using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace IngestPipeline.Fetching.Charsets;

/// <summary>
/// Finds an encoding by any of the labels that browsers know
/// (WHATWG Encoding Standard, https://encoding.spec.whatwg.org/#names-and-labels).
/// Nothing is registered process-wide; decoders replace what they cannot read by U+FFFD and never throw.
/// </summary>
internal static class WhatwgEncodings
{
    private static readonly FrozenDictionary<string, string> DecoderByLabel = LoadLabels();

    /// <summary>The encoding of a label, white space around it and its case ignored.</summary>
    /// <returns>
    /// Null for an unknown label and for those of the standard's "replacement" encoding (iso-2022-kr, hz-gb-2312 …), which a browser refuses
    /// to decode. As in browsers, iso-8859-1 and us-ascii are windows-1252, gb2312 is gb18030, and utf-16 is little-endian.
    /// </returns>
    public static Encoding? Find(string? label)
    {
        if (label is null)
            return null;
        var trimmed = label.AsSpan().Trim(" \t\n\f\r");
        // The longest label has 19 characters; a hostile one is not worth lowering.
        return trimmed.Length is > 0 and <= 40 && DecoderByLabel.TryGetValue(trimmed.ToString().ToLowerInvariant(), out var decoder)
            ? Resolve(decoder)
            : null;
    }

    private static Encoding? Resolve(string decoder) => decoder switch
    {
        "utf-8" => Utf8,
        "utf-16le" => Utf16LittleEndian,
        "utf-16be" => Utf16BigEndian,
        "private" => UserDefined,
        _ when decoder.StartsWith("cp:", StringComparison.Ordinal) => CodePage(int.Parse(decoder.AsSpan(3), CultureInfo.InvariantCulture)),
        _ when decoder.StartsWith("table:", StringComparison.Ordinal) => OneByteTables[decoder[6..]],
        _ => null,
    };

    private static Encoding? CodePage(int number) =>
        CodePagesEncodingProvider.Instance.GetEncoding(number, EncoderFallback.ReplacementFallback, Replacement);

    private static DecoderFallback Replacement { get; } = new DecoderReplacementFallback("\uFFFD");

    private static Encoding Utf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    private static Encoding Utf16LittleEndian { get; } = new UnicodeEncoding(bigEndian: false, byteOrderMark: false);

    private static Encoding Utf16BigEndian { get; } = new UnicodeEncoding(bigEndian: true, byteOrderMark: false);

    // https://encoding.spec.whatwg.org/#x-user-defined-decoder
    private static Encoding UserDefined { get; } =
        new OneByteEncoding("x-user-defined", [.. Enumerable.Range(0xF780, 128).Select(c => (char)c)]);

    private static FrozenDictionary<string, Encoding> OneByteTables { get; } = LoadOneByteTables();

    private static FrozenDictionary<string, string> LoadLabels() =>
        (from line in Lines("whatwg-encodings.table.txt")
         let parts = line.Split(';', StringSplitOptions.TrimEntries)
         from label in parts[2].Split(' ')
         select KeyValuePair.Create(label, parts[1])).ToFrozenDictionary(StringComparer.Ordinal);

    private static FrozenDictionary<string, Encoding> LoadOneByteTables() =>
        (from line in Lines("one-byte.table.txt")
         let parts = line.Split(' ')
         let upper = parts[1..].Select(code => (char)int.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray()
         select KeyValuePair.Create(parts[0], (Encoding)new OneByteEncoding(parts[0], upper))).ToFrozenDictionary(StringComparer.Ordinal);

    private static IEnumerable<string> Lines(string file)
    {
        using var stream = typeof(WhatwgEncodings).Assembly.GetManifestResourceStream(typeof(WhatwgEncodings), file)
            ?? throw new InvalidOperationException($"{file} is not embedded.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
                yield return line;
        }
    }
}
