using IngestPipeline.Pipeline.Live;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Forgetting;

/// <summary>Finds what is meant: in the articles of every run, and in what is only asked for so far.</summary>
internal static class ForgetSearch
{
    private const int AtOnce = 16;

    /// <summary>The prefixes of all runs, those that are not whole yet among them.</summary>
    public static async Task<IReadOnlyList<string>> RunsAsync(IBlobStore store, CancellationToken cancellation)
    {
        var header = await StoreRuns.HeaderAsync(store, cancellation).ConfigureAwait(false);
        var prefixes = new SortedSet<string>(header.Earlier.Select(e => e.Prefix).Append(header.Prefix).Append(""), StringComparer.Ordinal);
        await foreach (var item in store.ListAsync(StoreNames.AllRuns, cancellation).ConfigureAwait(false))
        {
            if (item.Name.Split('/') is [var runs, var version, _, ..])
                prefixes.Add($"{runs}/{version}/");
        }

        return [.. prefixes];
    }

    public static async Task<ForgetIntent> FindAsync(
        IBlobStore store, IReadOnlyList<string> runs, ForgetTarget target, DateTimeOffset now, CancellationToken cancellation)
    {
        var (articles, addresses) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        if (target.Id is { } given)
        {
            articles.Add(given);
            addresses.Add(given);
        }

        var gate = new Lock();
        foreach (var prefix in runs)
        {
            await Parallel.ForEachAsync(
                store.ListAsync(prefix + StoreNames.Articles, cancellation),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
                async (item, token) =>
                {
                    if (await store.ReadAsync(item.Name, token).ConfigureAwait(false) is not { } blob || target.Match(blob.Content.Span) is not { } found)
                        return;
                    lock (gate)
                    {
                        articles.Add(found[0]);
                        addresses.UnionWith(found);
                    }
                }).ConfigureAwait(false);
        }

        var states = new ArticleStates(store);
        await foreach (var marker in store.ListAsync(StoreNames.Pending, cancellation).ConfigureAwait(false))
        {
            var id = DueMarkers.IdOf(marker.Name[StoreNames.Pending.Length..]);
            if ((await states.ReadAsync(id, cancellation).ConfigureAwait(false)).State is { } state
                && state.Pending.Any(p => p.Request.Url is { } url && target.Match(url)))
            {
                articles.Add(id);
                addresses.Add(id);
            }
        }

        return new(now, [.. articles], [.. addresses]);
    }
}
