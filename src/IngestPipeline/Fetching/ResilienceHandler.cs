using IngestPipeline.Fetching.Hosts;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace IngestPipeline.Fetching;

/// <summary>
/// The deadline of a whole fetch, body included, and one retry of a connection that could not be made, after the host's gap and within the deadline
/// (where it does not fit, there is none). Answers are never asked for again here: that is the queue's part.
/// </summary>
internal sealed class ResilienceHandler : DelegatingHandler
{
    private static readonly ResiliencePropertyKey<HttpRequestMessage> Request = new("IngestPipeline.Request");
    private static readonly ResiliencePropertyKey<long> Started = new("IngestPipeline.Started");
    private static readonly TimeSpan LeastWait = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider _time;
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    public ResilienceHandler(TimeProvider time, TimeSpan deadline)
    {
        _time = time;
        _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddTimeout(new TimeoutStrategyOptions { TimeoutGenerator = args => new(ContextOf(args.Context)?.Remaining ?? deadline) })
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = 1,
                // To the host a refused connection is a visit like any other. The slot is still held, so nobody else comes in between.
                DelayGenerator = args => new(WaitOf(args.Context)),
                ShouldHandle = args => new(args.Outcome.Exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError }
                    && WaitOf(args.Context) < Left(args.Context, deadline)),
                OnRetry = args =>
                {
                    ContextOf(args.Context)?.Session?.Retry();
                    return default;
                },
            })
            .Build();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        var started = _time.GetTimestamp();
        try
        {
            context.Properties.Set(Request, request);
            context.Properties.Set(Started, started);
            return await _pipeline.ExecuteAsync(
                static async (c, state) => await state.Handler.BaseSendAsync(state.Request, c.CancellationToken).ConfigureAwait(false),
                context,
                (Handler: this, Request: request)).ConfigureAwait(false);
        }
        catch (TimeoutRejectedException e)
        {
            throw new TaskCanceledException("no answer in time", e);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
            FetchContext.Of(request)?.Spend(_time.GetElapsedTime(started));
        }
    }

    private Task<HttpResponseMessage> BaseSendAsync(HttpRequestMessage request, CancellationToken cancellation) => base.SendAsync(request, cancellation);

    private static TimeSpan WaitOf(ResilienceContext context) =>
        context.Properties.TryGetValue(Request, out var request) && request.Options.TryGetValue(HostGateHandler.Gap, out var gap) && gap > LeastWait
            ? gap
            : LeastWait;

    private TimeSpan Left(ResilienceContext context, TimeSpan deadline) =>
        (ContextOf(context)?.Remaining ?? deadline) - _time.GetElapsedTime(context.Properties.GetValue(Started, 0L));

    private static FetchContext? ContextOf(ResilienceContext context) =>
        context.Properties.TryGetValue(Request, out var request) ? FetchContext.Of(request) : null;
}
