using System.Text;

namespace IngestPipeline.Archive.Bytes;

/// <summary>The named fields of a record's header.</summary>
internal sealed class WarcFields
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly List<KeyValuePair<string, string>> _all = [];

    public IReadOnlyList<KeyValuePair<string, string>> All => _all;

    public string? First(string name)
    {
        foreach (var (key, value) in _all)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        return null;
    }

    /// <summary>Takes in one header line; a line that starts with white space continues the field before it, one without a colon is left out.</summary>
    public void Add(ReadOnlySpan<byte> line)
    {
        if (line.Length > 0 && line[0] is (byte)' ' or (byte)'\t')
        {
            if (_all.Count > 0)
                _all[^1] = new(_all[^1].Key, (_all[^1].Value + " " + Decode(line).Trim()).Trim());
            return;
        }

        var colon = line.IndexOf((byte)':');
        if (colon > 0)
            _all.Add(new(Decode(line[..colon]).Trim(), Decode(line[(colon + 1)..]).Trim()));
    }

    /// <summary>Header text is UTF-8; what is not valid is taken as Latin-1, which keeps every byte.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }

    public static string? WithoutBrackets(string? uri) =>
        uri is ['<', .. var inner, '>'] ? inner.Trim() : uri;
}
