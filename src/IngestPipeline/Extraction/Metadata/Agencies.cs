namespace IngestPipeline.Extraction.Metadata;

/// <summary>The news agencies and the names by which papers credit them.</summary>
internal static class Agencies
{
    private const int ShortName = 4;
    private static readonly char[] Edges = [' ', '.', ',', ':', ';', '-', '–', '—', '(', ')', '[', ']', '/', '|'];
    private static readonly Dictionary<string, string> ByName = Read();
    private static readonly HashSet<string> Listed = [.. ByName.Values];

    /// <summary>The longest name, in words.</summary>
    public const int MaxWords = 5;

    /// <summary>The agency that a text names and nothing else; null when it names none. Names of up to four letters must match in case.</summary>
    public static string? Find(string text)
    {
        var name = text.Trim(Edges);
        if (name.Length == 0)
            return null;
        return ByName.TryGetValue(name, out var exact) ? exact : name.Length > ShortName ? TextKey.Find(ByName, name) : null;
    }

    /// <summary>True for the name by which the table calls an agency, which may be too common a word to be found in a text.</summary>
    public static bool IsListed(string agency) => Listed.Contains(agency);

    /// <summary>Each agency's short name with the forms in which it is written.</summary>
    public static IEnumerable<(string Name, string[] Forms)> Rows()
    {
        foreach (var line in DataTable.Lines("agencies.table.txt"))
        {
            var parts = line.Split('|', StringSplitOptions.TrimEntries);
            yield return (parts[0], parts[1..]);
        }
    }

    private static Dictionary<string, string> Read()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (agency, forms) in Rows())
        {
            foreach (var form in forms)
            {
                names.TryAdd(form, agency);
                if (form.Length > ShortName)
                    names.TryAdd(TextKey.Words(form), agency);
            }
        }

        return names;
    }
}
