namespace IngestPipeline.Archive.Index;

/// <summary>Which captures of an address are looked at, by the address whose redirect led to them.</summary>
internal readonly record struct ViaFilter
{
    private ViaFilter(string sql, string? address) => (Sql, Address) = (sql, address);

    /// <summary>All of them.</summary>
    public static ViaFilter None { get; } = new("", null);

    /// <summary>A condition for a WHERE clause, from its AND on; empty = none.</summary>
    public string Sql { get; }

    /// <summary>What the condition asks for as <c>$via</c>; null = captures to which no redirect led.</summary>
    public string? Address { get; }

    /// <summary>Those alone to which the address led.</summary>
    /// <param name="via">The address; null = those that were asked for themselves.</param>
    public static ViaFilter Of(Uri? via) => new("AND via IS $via ", via?.AbsoluteUri);
}
