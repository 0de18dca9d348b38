using System.Diagnostics;
using IngestPipeline.Hosting;

namespace IngestPipeline.Tests.Hosting;

public sealed class TraceContextTests : IDisposable
{
    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = source => source.Name == IngestMetrics.Name,
        Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
    };

    public TraceContextTests() => ActivitySource.AddActivityListener(_listener);

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void A_stage_goes_on_with_the_trace_that_its_message_carries()
    {
        string? carried;
        ActivityTraceId trace;
        using (var poll = TraceContext.Start("PollFeeds", kind: ActivityKind.Internal))
        {
            carried = TraceContext.Current;
            trace = poll!.TraceId;
        }

        using var read = TraceContext.Start("ReadFeed", carried);

        Assert.Equal(trace, read!.TraceId);
        Assert.Equal(carried, read.ParentId);
    }

    [Fact]
    public void Links_to_the_activity_of_the_host_that_delivered_the_message()
    {
        const string carried = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        using var host = new Activity("host").Start();

        using var read = TraceContext.Start("ReadFeed", carried);

        Assert.Equal("0af7651916cd43dd8448eb211c80319c", read!.TraceId.ToHexString());
        Assert.Equal(host.TraceId, Assert.Single(read.Links).Context.TraceId);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\nforged")]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01")]
    [InlineData("xx-zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz-b7ad6b7169203331-01")]
    public void Begins_a_trace_of_its_own_where_a_message_carries_none(string? carried)
    {
        using var read = TraceContext.Start("ReadFeed", carried);

        Assert.NotEqual(default, read!.TraceId);
        Assert.Null(read.ParentId);
    }
}
