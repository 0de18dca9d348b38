namespace IngestPipeline.Extraction.Metadata;

/// <summary>Reads what stands beside a date: "Published", "Updated on", "Stand:".</summary>
internal static class DateLabels
{
    private static readonly Dictionary<string, string> Kinds = Read();

    /// <summary>True for a word that says what a date beside it is.</summary>
    public static bool IsLabel(string key) => Kinds.ContainsKey(key);

    /// <summary>The role that the words before a date give it; null when the date is another thing's.</summary>
    /// <param name="before">The text before the date; its last words count.</param>
    public static DateRole? RoleOf(ReadOnlySpan<char> before)
    {
        var tail = before.Length > 60 ? before[^60..] : before;
        DateRole? role = DateRole.Unnamed;
        if (tail.IsWhiteSpace())
            return role;

        foreach (var token in DateToken.Split(tail))
        {
            if (token.Is('©'))
                return null;
            if (!token.IsWord || !Kinds.TryGetValue(token.Word, out var kind))
                continue;

            role = kind switch
            {
                "published" => DateRole.Published,
                "modified" => DateRole.Modified,
                _ => null,
            };
        }

        return role;
    }

    private static Dictionary<string, string> Read()
    {
        var kinds = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (kind, word) in DataTable.Words("date-labels.table.txt"))
            kinds.TryAdd(TextKey.Of(word), kind);
        return kinds;
    }
}
