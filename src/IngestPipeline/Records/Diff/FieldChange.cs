namespace IngestPipeline.Records.Diff;

/// <summary>A value that differs.</summary>
/// <param name="Field">The record's field; <c>text</c> for the text itself.</param>
/// <param name="Before">The earlier run's value; of a text its length and what the later one lacks, never the text.</param>
/// <param name="After">The later run's value.</param>
public sealed record FieldChange(string Field, string? Before, string? After);
