namespace IngestPipeline.Reports.Data;

/// <summary>A removed block, and the article that it stood in.</summary>
internal sealed record RuleExample(string Text, string ArticleId, string Site);
