using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Live;

/// <summary>A request's end, as it is accounted for in the ledger.</summary>
internal sealed record EndedWork(
    PendingRequest Request, Disposition Disposition, string? Reason, ArticleRevision? Revision, ArticleRequest? RecheckOf, Article? Article)
{
    /// <summary>The ledger with this end in it.</summary>
    public ArticleState On(ArticleState state)
    {
        if (Revision is not null)
            state = state.With(Revision);
        if (RecheckOf is not null)
            state = state with { RecheckOf = RecheckOf, Rechecks = 0 };
        else if (Request.Kind == RequestKind.Recheck)
            state = state with { Rechecks = state.Rechecks + 1 };
        return state.End(Request, Disposition, Reason);
    }
}
