namespace IngestPipeline.Feeds.Polling;

/// <summary>How many new entries a feed brought on a day.</summary>
/// <param name="Day">The UTC day.</param>
/// <param name="Entries">The new and revised entries.</param>
public readonly record struct DayCount(DateOnly Day, int Entries);
