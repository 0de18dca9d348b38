namespace IngestPipeline.Feeds.Xml;

/// <summary>Keeps one <see cref="XmlName"/> for each name met in a document, so that names cost nothing after their first use.</summary>
internal sealed class XmlNames
{
    // A hostile document may invent names without end.
    private const int Most = 2048;

    private readonly Dictionary<string, XmlName> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, XmlName>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public XmlNames() => _lookup = _names.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The parts of a name.</summary>
    public XmlName Get(ReadOnlySpan<char> raw)
    {
        if (_lookup.TryGetValue(raw, out var name))
            return name;
        name = XmlName.Parse(raw);
        if (_names.Count < Most)
            _names.Add(name.Raw, name);
        return name;
    }

    /// <summary>Whether a character may start a name (XML 1.0 §2.3, all of non-ASCII allowed).</summary>
    public static bool StartsName(char c) => char.IsAsciiLetter(c) || c is '_' or ':' or >= '\u00C0';

    /// <summary>Whether a character may stand in a name (XML 1.0 §2.3, all of non-ASCII allowed).</summary>
    public static bool ContinuesName(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or ':' or '\u00B7' or >= '\u00C0';
}
