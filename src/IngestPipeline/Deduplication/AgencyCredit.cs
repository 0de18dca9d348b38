using System.Collections.Frozen;

namespace IngestPipeline.Deduplication;

/// <summary>Finds the news agency that an article is credited to.</summary>
internal static class AgencyCredit
{
    /// <summary>Characters at the start of a text in which a dateline or a credit line is looked for.</summary>
    private const int Head = 1500;

    private static readonly FrozenDictionary<string, string> Names = Read();
    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Names.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The agency's short name: as given, else from the source, else from a dateline or credit; null when there is none.</summary>
    public static string? Of(CopyDocument document)
    {
        if (document.Agency is { Length: > 0 } given)
            return Names.GetValueOrDefault(given, given);
        return OfSource(document.Source) ?? InDateline(document.Text);
    }

    /// <summary>The agency that a source is; null when the source is an outlet.</summary>
    public static string? OfSource(string? source) => source is null ? null : Names.GetValueOrDefault(source.Trim());

    // "WASHINGTON (AP) — ", "By NAME, Associated Press": a bracket or the rest of a byline that is nothing but an agency's name.
    private static string? InDateline(string text)
    {
        var head = text.AsSpan(0, Math.Min(Head, text.Length));
        for (var i = -1; i < head.Length; i++)
        {
            if (i >= 0 && head[i] is not ('(' or ',' or '\n' or '|' or '/'))
                continue;
            var rest = head[(i + 1)..];
            var end = rest.IndexOfAny(")\n,|");
            if (end is < 2 or > 40)
                continue;
            var name = rest[..end].Trim();
            if (name.StartsWith("By ", StringComparison.Ordinal))
                name = name[3..];
            if (Lookup.TryGetValue(name, out var agency))
                return agency;
        }

        return null;
    }

    private static FrozenDictionary<string, string> Read()
    {
        using var stream = typeof(AgencyCredit).Assembly.GetManifestResourceStream("IngestPipeline.Deduplication.news-agencies.table.txt")
            ?? throw new InvalidOperationException("The table of news agencies is missing from the assembly.");
        using var reader = new StreamReader(stream);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            var forms = line.Split('\t');
            foreach (var form in forms)
                names.TryAdd(form, forms[0]);
        }

        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
