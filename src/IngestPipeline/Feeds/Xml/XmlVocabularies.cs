using System.Collections.Frozen;

namespace IngestPipeline.Feeds.Xml;

/// <summary>Looks vocabularies up by namespace name, and by the prefix that is usual for them.</summary>
internal static class XmlVocabularies
{
    private static readonly (XmlVocabulary Vocabulary, string Prefix, string Name)[] Table = Load();

    private static readonly FrozenDictionary<string, XmlVocabulary> ByName =
        Table.DistinctBy(t => t.Name).ToFrozenDictionary(t => t.Name, t => t.Vocabulary, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, XmlVocabulary> ByPrefix =
        Table.Where(t => t.Prefix != "-").ToFrozenDictionary(t => t.Prefix, t => t.Vocabulary, StringComparer.Ordinal);

    /// <summary>The vocabulary of a namespace name; its case and a trailing slash or # do not matter, as feeds get them wrong.</summary>
    public static XmlVocabulary OfNamespace(string name)
    {
        if (name.Length == 0)
            return XmlVocabulary.None;
        return ByName.GetValueOrDefault(name.Trim().TrimEnd('/', '#').ToLowerInvariant());
    }

    /// <summary>What an undeclared prefix most likely stands for.</summary>
    public static XmlVocabulary OfPrefix(string prefix) => ByPrefix.GetValueOrDefault(prefix.ToLowerInvariant());

    private static (XmlVocabulary, string, string)[] Load()
    {
        using var stream = typeof(XmlVocabularies).Assembly.GetManifestResourceStream(typeof(XmlVocabularies), "namespaces.table.txt")
            ?? throw new InvalidOperationException("namespaces.table.txt is not embedded.");
        using var reader = new StreamReader(stream);
        return [.. from line in reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                   where line[0] != '#'
                   let parts = line.Split(' ')
                   select (Enum.Parse<XmlVocabulary>(parts[0]), parts[1], parts[2])];
    }
}
