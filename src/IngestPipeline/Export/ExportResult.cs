namespace IngestPipeline.Export;

/// <summary>What an export wrote.</summary>
/// <param name="Records">How many records.</param>
/// <param name="Cursor">Where the next export of increments goes on.</param>
public sealed record ExportResult(long Records, int Cursor);
