namespace IngestPipeline.Export;

/// <summary>What records are exported as.</summary>
public enum ExportFormat
{
    /// <summary>One record a line, its JSON as stored.</summary>
    Ndjson,

    /// <summary>A table with a line of headings (RFC 4180).</summary>
    Csv,

    /// <summary>A SQLite database with the tables <c>articles</c> and <c>removed</c>.</summary>
    Sqlite,
}
