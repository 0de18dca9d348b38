using System.Threading.Channels;

namespace IngestPipeline.Pipeline;

/// <summary>Runs work on several workers and hands the results back in the order of the input, one at a time.</summary>
internal static class OrderedParallel
{
    /// <param name="inputs">Read by one reader, as workers come free.</param>
    /// <param name="workers">How much work runs at once.</param>
    /// <param name="work">Runs on any thread; its exceptions end the run.</param>
    /// <param name="consume">Runs for one result at a time, in input order.</param>
    /// <param name="cancellation">Stops reading and waits for what is under way.</param>
    /// <param name="ahead">How many results may wait to be consumed, for each worker.</param>
    public static async Task RunAsync<TIn, TOut>(
        IAsyncEnumerable<TIn> inputs,
        int workers,
        Func<TIn, CancellationToken, Task<TOut>> work,
        Func<TOut, Task> consume,
        CancellationToken cancellation,
        int ahead = 8)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var turn = new SemaphoreSlim(1);
        var input = inputs.GetAsyncEnumerator(stop.Token);
        await using var reading = input.ConfigureAwait(false);
        var channel = Channel.CreateBounded<Task<TOut>>(workers * ahead);
        var running = Task.WhenAll(
            Enumerable.Range(0, workers).Select(_ => Task.Run(() => WorkAsync(input, work, turn, channel.Writer, stop.Token), CancellationToken.None)));
        try
        {
            await foreach (var task in channel.Reader.ReadAllAsync(stop.Token).ConfigureAwait(false))
                await consume(await task.ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            // Nothing may still be running when the caller disposes what the work uses.
            await stop.CancelAsync().ConfigureAwait(false);
            await running.ConfigureAwait(false);
        }
    }

    /// <summary>The same over a plain sequence and work that never waits.</summary>
    public static Task RunAsync<TIn, TOut>(IEnumerable<TIn> inputs, int workers, Func<TIn, TOut> work, Action<TOut> consume, CancellationToken cancellation) =>
        RunAsync(
            inputs.ToAsyncEnumerable(),
            workers,
            (input, _) => Task.FromResult(work(input)),
            output =>
            {
                consume(output);
                return Task.CompletedTask;
            },
            cancellation);

    // A worker takes the next input in its turn, leaves its place in the order, and goes on to work on it: no hand-over to another thread.
    private static async Task WorkAsync<TIn, TOut>(
        IAsyncEnumerator<TIn> inputs, Func<TIn, CancellationToken, Task<TOut>> work, SemaphoreSlim turn, ChannelWriter<Task<TOut>> results,
        CancellationToken cancellation)
    {
        while (await NextAsync().ConfigureAwait(false) is { } result)
        {
            try
            {
                result.Done.SetResult(await work(result.Input, cancellation).ConfigureAwait(false));
            }
            catch (Exception e)
            {
                // The consumer meets it in its place.
                result.Done.SetException(e);
            }

            // Work that never waits would keep its thread, and the consumer waiting for one until no more results may wait.
            await Task.Yield();
        }

        async Task<(TIn Input, TaskCompletionSource<TOut> Done)?> NextAsync()
        {
            await turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            try
            {
                cancellation.ThrowIfCancellationRequested();
                if (await inputs.MoveNextAsync().ConfigureAwait(false))
                {
                    var done = new TaskCompletionSource<TOut>(TaskCreationOptions.RunContinuationsAsynchronously);
                    await results.WriteAsync(done.Task, cancellation).ConfigureAwait(false);
                    return (inputs.Current, done);
                }

                results.TryComplete();
            }
            catch (Exception e)
            {
                // The consumer meets it when it reads on.
                results.TryComplete(e);
            }
            finally
            {
                turn.Release();
            }

            return null;
        }
    }
}
