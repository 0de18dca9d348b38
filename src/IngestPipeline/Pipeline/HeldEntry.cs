using IngestPipeline.Records;

namespace IngestPipeline.Pipeline;

/// <summary>An entry that is held back.</summary>
/// <param name="Request">Its request.</param>
/// <param name="Disposition">How it ends as far as its feed knows: a new one may name a page that another feed has named.</param>
internal sealed record HeldEntry(ArticleRequest Request, EntryDisposition Disposition);
