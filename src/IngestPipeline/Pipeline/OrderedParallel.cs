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
    public static async Task RunAsync<TIn, TOut>(
        IAsyncEnumerable<TIn> inputs,
        int workers,
        Func<TIn, CancellationToken, Task<TOut>> work,
        Func<TOut, Task> consume,
        CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var slots = new SemaphoreSlim(workers);
        var channel = Channel.CreateBounded<Task<TOut>>(workers * 8);
        var producer = Task.Run(() => ProduceAsync(inputs, work, slots, channel.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var task in channel.Reader.ReadAllAsync(stop.Token).ConfigureAwait(false))
                await consume(await task.ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await producer.ConfigureAwait(false);
            // Nothing may still be running when the caller disposes what the work uses.
            for (var i = 0; i < workers; i++)
                await slots.WaitAsync(CancellationToken.None).ConfigureAwait(false);
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

    private static async Task ProduceAsync<TIn, TOut>(
        IAsyncEnumerable<TIn> inputs,
        Func<TIn, CancellationToken, Task<TOut>> work,
        SemaphoreSlim slots,
        ChannelWriter<Task<TOut>> results,
        CancellationToken cancellation)
    {
        try
        {
            await foreach (var input in inputs.WithCancellation(cancellation).ConfigureAwait(false))
            {
                await slots.WaitAsync(cancellation).ConfigureAwait(false);
                await results.WriteAsync(RunOneAsync(input, work, slots, cancellation), cancellation).ConfigureAwait(false);
            }

            results.Complete();
        }
        catch (Exception e)
        {
            // The consumer meets it when it reads on.
            results.Complete(e);
        }
    }

    private static Task<TOut> RunOneAsync<TIn, TOut>(TIn input, Func<TIn, CancellationToken, Task<TOut>> work, SemaphoreSlim slots, CancellationToken cancellation) => Task.Run(
        async () =>
        {
            try
            {
                return await work(input, cancellation).ConfigureAwait(false);
            }
            finally
            {
                slots.Release();
            }
        },
        CancellationToken.None);
}
