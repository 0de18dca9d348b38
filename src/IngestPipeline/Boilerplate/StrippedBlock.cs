namespace IngestPipeline.Boilerplate;

/// <summary>A block that was removed from an article, and why.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Rule">The rule's id, such as <c>also-read-line</c> or <c>density</c>.</param>
/// <param name="Reason">The rule's reason in plain English.</param>
/// <param name="Position">How many kept blocks stand before it.</param>
public sealed record StrippedBlock(string Text, string Rule, string Reason, int Position);
