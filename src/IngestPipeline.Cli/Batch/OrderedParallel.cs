using System.Threading.Channels;

namespace IngestPipeline.Cli.Batch;

/// <summary>Runs work on several workers and hands the results back in the order of the input.</summary>
internal static class OrderedParallel
{
    public static async Task RunAsync<TIn, TOut>(IEnumerable<TIn> inputs, int workers, Func<TIn, TOut> work, Action<TOut> consume, CancellationToken cancellation)
    {
        using var slots = new SemaphoreSlim(workers);
        var channel = Channel.CreateBounded<Task<TOut>>(workers * 8);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var producer = Task.Run(
            async () =>
            {
                try
                {
                    foreach (var input in inputs)
                    {
                        await slots.WaitAsync(stop.Token);
                        var task = Task.Run(
                            () =>
                            {
                                try
                                {
                                    return work(input);
                                }
                                finally
                                {
                                    slots.Release();
                                }
                            },
                            CancellationToken.None);
                        await channel.Writer.WriteAsync(task, stop.Token);
                    }

                    channel.Writer.Complete();
                }
                catch (Exception e)
                {
                    channel.Writer.Complete(e);
                }
            },
            CancellationToken.None);

        var drained = false;
        try
        {
            await foreach (var task in channel.Reader.ReadAllAsync(cancellation))
                consume(await task);
            drained = true;
        }
        finally
        {
            if (!drained)
                await stop.CancelAsync();
            await producer;
            while (channel.Reader.TryRead(out var rest))
                await rest.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            for (var i = 0; i < workers; i++)
                await slots.WaitAsync(CancellationToken.None);
        }
    }
}
