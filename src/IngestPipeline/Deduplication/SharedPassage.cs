namespace IngestPipeline.Deduplication;

/// <summary>A passage that two articles share, as places in their texts in UTF-16 code units.</summary>
/// <param name="Start">Where it starts in the article's text.</param>
/// <param name="Length">How long it is there.</param>
/// <param name="OtherStart">Where it starts in the other article's text.</param>
/// <param name="OtherLength">How long it is there; punctuation and spacing may differ.</param>
public readonly record struct SharedPassage(int Start, int Length, int OtherStart, int OtherLength);
