namespace IngestPipeline.Extraction.Metadata;

/// <summary>Reads what stands beside a date: "Published", "Updated on", "Stand:".</summary>
internal static class DateLabels
{
    private const int MaxBehind = 24;

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
                "dated" => DateRole.Dated,
                _ => null,
            };
        }

        return role;
    }

    /// <summary>
    /// The role that a date has from the words around it: those before it, else one that stands alone behind it, as in "14 March 2026 geändert".
    /// </summary>
    /// <param name="before">The text before the date.</param>
    /// <param name="behind">The text behind it, up to the next date.</param>
    public static DateRole? RoleOf(ReadOnlySpan<char> before, ReadOnlySpan<char> behind) =>
        RoleOf(before) is var role && role == DateRole.Unnamed && behind.Trim() is { Length: > 1 and <= MaxBehind } tail ? RoleBehind(tail) : role;

    private static DateRole RoleBehind(ReadOnlySpan<char> tail)
    {
        var role = DateRole.Unnamed;
        foreach (var token in DateToken.Split(tail))
        {
            if (!token.IsWord || token.Word is "uhr" or "h")
                continue;

            // A second word makes it a phrase, which is about something else.
            if (role != DateRole.Unnamed || !Kinds.TryGetValue(token.Word, out var kind) || kind == "other")
                return DateRole.Unnamed;
            role = kind switch { "modified" => DateRole.Modified, "dated" => DateRole.Dated, _ => DateRole.Published };
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
