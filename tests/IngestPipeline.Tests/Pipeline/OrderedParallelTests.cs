using IngestPipeline.Pipeline;

namespace IngestPipeline.Tests.Pipeline;

public sealed class OrderedParallelTests
{
    private static readonly int[] Inputs = [.. Enumerable.Range(0, 200)];

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task Results_come_in_the_order_of_the_input_and_no_more_works_at_once_than_there_are_workers(int workers)
    {
        var (taken, running, most) = (new List<int>(), 0, 0);
        await OrderedParallel.RunAsync(
            Inputs.ToAsyncEnumerable(),
            workers,
            async (input, token) =>
            {
                var now = Interlocked.Increment(ref running);
                for (var known = Volatile.Read(ref most); now > known; known = Volatile.Read(ref most))
                    Interlocked.CompareExchange(ref most, now, known);
                // Later ones are often done first.
                for (var left = input * 31 % 7; left > 0; left--)
                    await Task.Yield();
                Interlocked.Decrement(ref running);
                return input;
            },
            output =>
            {
                taken.Add(output);
                return Task.CompletedTask;
            },
            CancellationToken.None);
        Assert.Equal(Inputs, taken);
        Assert.InRange(most, 1, workers);
    }

    [Fact]
    public async Task What_work_throws_is_met_in_its_place_and_nothing_runs_on_afterwards()
    {
        var (taken, running) = (new List<int>(), 0);
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => OrderedParallel.RunAsync(
            Inputs.ToAsyncEnumerable(),
            3,
            async (input, _) =>
            {
                Interlocked.Increment(ref running);
                await Task.Yield();
                Interlocked.Decrement(ref running);
                return input == 50 ? throw new InvalidOperationException("fifty") : input;
            },
            output =>
            {
                taken.Add(output);
                return Task.CompletedTask;
            },
            CancellationToken.None));
        Assert.Equal("fifty", thrown.Message);
        Assert.Equal(Inputs[..50], taken);
        Assert.Equal(0, running);
    }

    [Fact]
    public async Task What_the_input_throws_is_met_behind_the_results_before_it()
    {
        var taken = new List<int>();
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => OrderedParallel.RunAsync(
            Inputs.Select(i => i == 20 ? throw new InvalidOperationException("twenty") : i), 4, i => i, taken.Add, CancellationToken.None));
        Assert.Equal("twenty", thrown.Message);
        Assert.Equal(Inputs[..20], taken);
    }

    [Fact]
    public async Task A_cancelled_run_ends_as_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var taken = new List<int>();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => OrderedParallel.RunAsync(
            Inputs,
            2,
            i => i,
            output =>
            {
                taken.Add(output);
                if (output == 10)
                    stop.Cancel();
            },
            stop.Token));
        Assert.True(taken.Count < Inputs.Length);
    }
}
