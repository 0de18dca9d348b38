using System.Diagnostics;

namespace IngestPipeline.Hosting;

/// <summary>
/// One trace from a feed to its records: queue messages carry the context as a W3C <c>traceparent</c>, and the stage that takes a message up
/// goes on with it. Without a listener nothing is recorded and nothing is carried.
/// </summary>
internal static class TraceContext
{
    // version, trace id, span id, flags: 2 + 32 + 16 + 2 hex digits and three hyphens.
    private const int Length = 55;

    /// <summary>The <c>traceparent</c> to put into a message; null when nothing is traced.</summary>
    public static string? Current => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { Length: Length } id } ? id : null;

    /// <summary>
    /// Starts a stage's activity. With a message's context it continues that trace, and links to the host's own activity, if one runs; else it
    /// is a child of what runs.
    /// </summary>
    /// <param name="stage">The stage's name, a fixed word of the code.</param>
    /// <param name="carried">What the message carried; anything but a <c>traceparent</c> counts as nothing.</param>
    /// <param name="kind">Consumer for a message, Internal for a timer.</param>
    /// <returns>The activity, to be disposed; null when nobody listens.</returns>
    public static Activity? Start(string stage, string? carried = null, ActivityKind kind = ActivityKind.Consumer)
    {
        if (carried is not { Length: Length } || !ActivityContext.TryParse(carried, traceState: null, isRemote: true, out var parent))
            return IngestMetrics.Activities.StartActivity(stage, kind);
        ActivityLink[]? links = Activity.Current is { } host && host.TraceId != parent.TraceId ? [new(host.Context)] : null;
        return IngestMetrics.Activities.StartActivity(stage, kind, parent, tags: null, links);
    }
}
