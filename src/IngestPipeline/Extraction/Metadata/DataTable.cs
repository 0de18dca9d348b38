namespace IngestPipeline.Extraction.Metadata;

/// <summary>Reads the data files that are built into the library.</summary>
internal static class DataTable
{
    /// <summary>The lines of a table without comments and empty lines.</summary>
    public static IReadOnlyList<string> Lines(string name)
    {
        var assembly = typeof(DataTable).Assembly;
        var resource = assembly.GetManifestResourceNames().Single(n => n.EndsWith("." + name, StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Trim() is { Length: > 0 } text && text[0] != '#')
                lines.Add(text);
        }

        return lines;
    }

    /// <summary>The lines of a table of the form <c>kind: word word …</c>, as pairs of kind and word.</summary>
    public static IEnumerable<(string Kind, string Word)> Words(string name) =>
        from line in Lines(name)
        let colon = line.IndexOf(':', StringComparison.Ordinal)
        from word in line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)
        select (line[..colon], word);
}
