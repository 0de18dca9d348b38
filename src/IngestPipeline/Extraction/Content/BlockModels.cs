namespace IngestPipeline.Extraction.Content;

/// <summary>The block models that extraction asks.</summary>
/// <param name="Page">The one for pages.</param>
/// <param name="Text">The one for pages that were copied as plain text; null for the one that is shipped.</param>
internal sealed record BlockModels(ContentModel Page, ContentModel? Text);
