namespace IngestPipeline.Fetching;

/// <summary>Waits for each host's turn instead of giving the work back: for commands in which a person waits for the answer.</summary>
/// <param name="fetcher">The HTTP pipeline.</param>
/// <param name="time">The clock.</param>
/// <param name="longest">The longest wait for one fetch; past it the fetch ends as <see cref="FetchStatus.Deferred"/>.</param>
public sealed class PatientFetcher(PageFetcher fetcher, TimeProvider time, TimeSpan longest)
{
    /// <summary>Fetches, however often the host asks to wait.</summary>
    public Task<FetchResult> FetchAsync(FetchRequest request, CancellationToken cancellation) =>
        WaitingAsync(() => fetcher.FetchAsync(request, cancellation), r => r.Status == FetchStatus.Deferred ? r.NotBefore : null, cancellation);

    /// <summary>Repeats any work that may be told to come back later.</summary>
    /// <param name="work">The work.</param>
    /// <param name="notBefore">When to do it again; null = it is done.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task<T> WaitingAsync<T>(Func<Task<T>> work, Func<T, DateTimeOffset?> notBefore, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(notBefore);
        var until = time.GetUtcNow() + longest;
        while (true)
        {
            var result = await work().ConfigureAwait(false);
            if (notBefore(result) is not { } at || at > until)
                return result;
            var wait = at - time.GetUtcNow();
            await Task.Delay(wait > TimeSpan.FromMilliseconds(10) ? wait : TimeSpan.FromMilliseconds(10), time, cancellation).ConfigureAwait(false);
        }
    }
}
