using IngestPipeline.Pipeline;
using IngestPipeline.Pipeline.Forgetting;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Verification;

/// <summary>Checks that what was forgotten is not there, and that no forgetting stopped half-way.</summary>
internal sealed class ForgottenCheck(IBlobStore root, IBlobStore run, DecisionBook book, Findings findings)
{
    /// <returns>How many tombstones there are.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        await foreach (var item in root.ListAsync(StoreNames.ForgetIntents, cancellation).ConfigureAwait(false))
            findings.ByHand(StoreInvariant.Forgotten, item.Name, "a forgetting was begun and is not done", "ingest forget STORE --yes goes on with it");

        var ids = await Tombstones.ReadAsync(root, cancellation).ConfigureAwait(false);
        if (ids.Count == 0)
            return 0;
        foreach (var id in ids.Where(id => book.Find(id) is not null).Order(StringComparer.Ordinal))
            findings.ByHand(StoreInvariant.Forgotten, id, "this article was forgotten, and is decided about", $"ingest forget STORE {id} --yes");
        await foreach (var item in run.ListAsync(StoreNames.Articles, cancellation).ConfigureAwait(false))
        {
            if (ids.Contains(StoreNames.ArticleIdOf(item.Name)))
                findings.ByHand(
                    StoreInvariant.Forgotten, item.Name, "this article was forgotten, and is here",
                    $"ingest forget STORE {StoreNames.ArticleIdOf(item.Name)} --yes");
        }

        return ids.Count;
    }
}
