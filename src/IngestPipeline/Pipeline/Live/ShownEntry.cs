namespace IngestPipeline.Pipeline.Live;

/// <summary>An entry as a document shows it.</summary>
/// <param name="Key">Its key, hashed.</param>
/// <param name="Published">When it says it was published; null = it does not.</param>
internal readonly record struct ShownEntry(string Key, DateTimeOffset? Published);
