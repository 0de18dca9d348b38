using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace IngestPipeline.Feeds.Dates;

/// <summary>The words that dates are written with.</summary>
internal static class DateTables
{
    private static readonly FrozenDictionary<string, int> Zones = Load("time-zones.table.txt",
        parts => [KeyValuePair.Create(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture))]);

    private static readonly FrozenDictionary<string, int> Months = Load("month-names.table.txt",
        parts => parts.Skip(1).Select(word => KeyValuePair.Create(Fold(word), int.Parse(parts[0], CultureInfo.InvariantCulture))));

    /// <summary>A named zone's offset in minutes; null for an unknown name.</summary>
    public static int? Zone(ReadOnlySpan<char> name) =>
        Zones.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var minutes) ? minutes : null;

    /// <summary>A month's number from its name, accents ignored; null for any other word.</summary>
    public static int? Month(ReadOnlySpan<char> word)
    {
        if (word.Length is < 2 or > 16)
            return null;
        var name = Ascii.IsValid(word) ? word : Fold(word.ToString());
        return Months.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var month) ? month : null;
    }

    /// <summary>A month's number from a word that starts like an English one: "Janu", "Sepember".</summary>
    public static int? MisspeltMonth(ReadOnlySpan<char> word) => word.Length > 3 ? Month(word[..3]) : null;

    private static string Fold(string word)
    {
        var folded = new StringBuilder();
        foreach (var c in word.ToLowerInvariant().Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
                folded.Append(c);
        }
        return folded.ToString();
    }

    private static FrozenDictionary<string, int> Load(string file, Func<string[], IEnumerable<KeyValuePair<string, int>>> pairs)
    {
        using var stream = typeof(DateTables).Assembly.GetManifestResourceStream(typeof(DateTables), file)
            ?? throw new InvalidOperationException($"{file} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => line[0] != '#')
            .SelectMany(line => pairs(line.Split(' ')))
            .DistinctBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
