using IngestPipeline.Archive;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Forgetting;

/// <summary>
/// Takes what is forgotten out of the WARC files of a store, captures and archives. Pages name further pages of their article: those are looked for until no
/// more turn up.
/// </summary>
internal sealed class ForgottenCaptures(IBlobStore store, PipelineOptions options)
{
    // In bytes: a larger file is left, and named.
    private const long MostWarc = 512L << 20;

    /// <summary>Takes them out; of a dry run only what would go is counted.</summary>
    /// <returns>The intent with the addresses of further pages, and the result with what went.</returns>
    /// <exception cref="StorageException">The store cannot be reached, or another run changed a file meanwhile.</exception>
    public async Task<(ForgetIntent Intent, ForgetResult Result)> TakeOutAsync(
        ForgetIntent intent, ForgetResult result, bool dryRun, CancellationToken cancellation)
    {
        using var contents = new EntryContents(options);
        while (true)
        {
            var ids = intent.Addresses.ToHashSet(StringComparer.Ordinal);
            var redactor = new CaptureRedactor(ids, contents);
            var (captures, entries) = (0, 0);
            await foreach (var item in store.ListAsync("", cancellation).ConfigureAwait(false))
            {
                if (!item.Name.EndsWith(".warc.gz", StringComparison.Ordinal) && !item.Name.EndsWith(".warc", StringComparison.Ordinal))
                    continue;
                if (item.Length > MostWarc)
                {
                    result = result with { Left = [.. result.Left.Union([item.Name], StringComparer.Ordinal)] };
                    continue;
                }

                var isOneFetch = item.Name.StartsWith(StoreNames.Captures, StringComparison.Ordinal);
                if (await store.ReadAsync(item.Name, cancellation).ConfigureAwait(false) is not { } blob
                    || await redactor.RedactAsync(blob.Content, isOneFetch, cancellation).ConfigureAwait(false) is not { } left)
                    continue;
                captures++;
                entries += left.Entries;
                if (dryRun)
                    continue;
                // Before the page that names them is gone, what it names is kept.
                if (redactor.Further.Count > 0 && Widened(intent, redactor) is var wider && wider.Addresses.Count > intent.Addresses.Count)
                {
                    intent = wider;
                    await intent.SaveAsync(store, cancellation).ConfigureAwait(false);
                    await intent.BuryAsync(store, cancellation).ConfigureAwait(false);
                }

                if (left.Left.Length == 0)
                    await store.DeleteAsync(item.Name, null, cancellation).ConfigureAwait(false);
                else if (!(await store.ReplaceAsync(item.Name, left.Left, blob.ETag, cancellation).ConfigureAwait(false)).Written)
                    throw new StorageException($"{store.Location}: {item.Name} was changed by another run meanwhile. Run this again.");
            }

            result = dryRun
                ? result with { Captures = captures, Entries = entries }
                : result with { Captures = result.Captures + captures, Entries = result.Entries + entries };
            var next = Widened(intent, redactor);
            if (ids.IsSupersetOf(next.Addresses))
                return (next, result);
            intent = next;
        }
    }

    private static ForgetIntent Widened(ForgetIntent intent, CaptureRedactor redactor) =>
        intent with { Addresses = [.. intent.Addresses.Union(redactor.Further, StringComparer.Ordinal).Order(StringComparer.Ordinal)] };
}
