namespace IngestPipeline.Deduplication;

/// <summary>The terms of a text, as stories and rewrites see it, with how rare each probably is.</summary>
/// <param name="Text">The terms: words, or pairs of characters where a script has no spaces; without places.</param>
/// <param name="Rarities">How rare each is, in sixteenths of a bit, as long as <paramref name="Text"/>.</param>
internal readonly record struct EstimatedTerms(TokenizedText Text, byte[] Rarities);
