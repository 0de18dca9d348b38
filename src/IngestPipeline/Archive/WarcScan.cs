namespace IngestPipeline.Archive;

/// <summary>How a scan ended.</summary>
/// <param name="Records">How many records it met.</param>
/// <param name="IsDeep">True when records lie so far inside their members that they should be read from an inflated copy.</param>
/// <param name="Reached">Decompressed bytes up to the end that was asked for, where a member with a record begins exactly there; else null.</param>
internal readonly record struct WarcScan(long Records, bool IsDeep, long? Reached);
