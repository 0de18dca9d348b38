namespace IngestPipeline.Records;

/// <summary>Which records are wanted; what is null or false asks for nothing.</summary>
public sealed record RecordFilter
{
    /// <summary>The first UTC day, <c>yyyy-MM-dd</c>.</summary>
    public string? From { get; init; }

    /// <summary>The last UTC day, <c>yyyy-MM-dd</c>.</summary>
    public string? To { get; init; }

    /// <summary>The outlet's name, in any case, or its site without "www.".</summary>
    public string? Outlet { get; init; }

    /// <summary>A language tag: <c>en</c> also means <c>en-GB</c>.</summary>
    public string? Language { get; init; }

    /// <summary>The id of a story.</summary>
    public string? Story { get; init; }

    /// <summary>True leaves out what repeats another record: copies and versions.</summary>
    public bool Canonical { get; init; }

    /// <summary>True when a day can hold wanted records; undated input only where no day is asked for.</summary>
    public bool MeetsDay(string day) => day == StoreNames.Undated
        ? From is null && To is null
        : (From is null || string.CompareOrdinal(day, From) >= 0) && (To is null || string.CompareOrdinal(day, To) <= 0);

    internal bool Meets(RecordFields record) =>
        MeetsDay(StoreNames.Day(record.FirstSeen))
        && (Outlet is null || Same(record.Value("outlet"), Outlet) || Same(SafeLink.Site(record.Text("url")), Outlet) || Same(SafeLink.Site(record["feed"]?.Text("url")), Outlet))
        && (Language is null || Speaks(record.Value("language")))
        && (Story is null || record.Text("storyId") == Story)
        && (!Canonical || (record["copy"]?.Text("canonicalId") ?? record.Id) == record.Id);

    internal bool Speaks(string? language) =>
        language is not null && (Same(language, Language!) || language.StartsWith(Language + "-", StringComparison.OrdinalIgnoreCase));

    private static bool Same(string? value, string wanted) => string.Equals(value, wanted, StringComparison.OrdinalIgnoreCase);
}
