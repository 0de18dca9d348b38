namespace IngestPipeline.Records.Diff;

/// <summary>How one article differs between two runs.</summary>
/// <param name="Id">The article.</param>
/// <param name="Day">Its day.</param>
/// <param name="Url">Its address; null for input without one.</param>
/// <param name="Title">Its title, as the later run has it where it has the article.</param>
/// <param name="Kind">What happened to it.</param>
/// <param name="Fields">What of it changed; empty for an article that only one run has.</param>
public sealed record RunChange(string Id, string Day, string? Url, string? Title, RunChangeKind Kind, IReadOnlyList<FieldChange> Fields);
