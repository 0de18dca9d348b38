using IngestPipeline.Feeds.Lists;
using IngestPipeline.Feeds.Polling;

namespace IngestPipeline.Pipeline.Live;

/// <summary>
/// When the articles of one poll are first asked for: after the time to settle, one after the other on each host, and within the feed's cap, as a hint.
/// </summary>
internal sealed class FetchSpread(LiveOptions options, FeedSettings feed, FeedState state, DateTimeOffset now)
{
    private readonly Dictionary<string, int> _hosts = new(StringComparer.Ordinal);
    private int? _left = feed.DailyRequests is { } most
        ? Math.Max(0, most - state.RequestsOn(now))
        : null;

    private int _over;

    public TimeSpan Next(ArticleUrl? url)
    {
        var place = 0;
        if (url is not null)
        {
            var host = new Uri(url.Text).IdnHost;
            place = _hosts[host] = _hosts.GetValueOrDefault(host, -1) + 1;
        }

        if (_left is not { } left)
            return options.Settle + (options.Spread * place);
        if (left > 0)
        {
            _left = left - 1;
            return options.Settle + (options.Spread * place);
        }

        // What is over the cap is asked for when the next day begins, and the day after when that is not enough.
        var days = 1 + (_over / Math.Max(1, feed.DailyRequests!.Value));
        var inDay = _over++ % Math.Max(1, feed.DailyRequests.Value);
        return new DateTimeOffset(now.UtcDateTime.Date.AddDays(Math.Min(days, 5)), TimeSpan.Zero) - now + options.Settle + (options.Spread * inDay);
    }
}
