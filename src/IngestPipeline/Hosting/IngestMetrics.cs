using System.Diagnostics;
using System.Diagnostics.Metrics;
using IngestPipeline.Deduplication;
using IngestPipeline.Records;

namespace IngestPipeline.Hosting;

/// <summary>
/// Every figure that the pipeline reports while it runs. Tags come from closed sets (enums, queue and stage names, feed ids that are hashes):
/// never text of an article, an address or a secret. Names and units follow OpenTelemetry's conventions: seconds, bytes, annotations in braces.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term>ingest.entries {entry}</term><description>feed entries by <c>disposition</c> (new, seen, revised, no-link, rejected)</description></item>
/// <item><term>ingest.articles {article}</term><description>articles that ended, by <c>disposition</c>; each is counted once</description></item>
/// <item><term>ingest.polls {poll}</term><description>polls of feeds by <c>outcome</c> (read, not-modified, same, failed, deferred,
/// stopped)</description></item>
/// <item><term>ingest.fetches {fetch}</term><description>requests by <c>status</c>, the fetcher's word for how they ended</description></item>
/// <item><term>ingest.fetch.bytes By</term><description>decoded bytes that arrived, by <c>kind</c> (feed, page)</description></item>
/// <item><term>ingest.stage.duration s</term><description>how long a stage worked, by <c>stage</c> and <c>result</c> (done, failed)</description></item>
/// <item><term>ingest.queue.age s</term><description>from a message's insertion to its handling, by <c>queue</c></description></item>
/// <item><term>ingest.queue.depth {message}</term><description>messages waiting, by <c>queue</c>, as last looked at</description></item>
/// <item><term>ingest.record.latency s</term><description>from the published time that page or feed states to the record; only for times within 30
/// days</description></item>
/// <item><term>ingest.decisions {decision}</term><description>published decisions by <c>kind</c> (unique, original, exact, near, version,
/// rewrite)</description></item>
/// <item><term>ingest.removed.share 1</term><description>removed characters of an article over removed and kept ones</description></item>
/// <item><term>ingest.inbox.delay s</term><description>age of the oldest article that waits for a decision, when a run begins</description></item>
/// <item><term>ingest.index.load s</term><description>time to load or revalidate the index of copies</description></item>
/// <item><term>ingest.index.rebuilt {time}</term><description>times that the index of copies in the store was missing or damaged, and the window was read back
/// from articles and decisions</description></item>
/// <item><term>ingest.feeds {feed}</term><description>feeds by <c>health</c>, as last counted</description></item>
/// <item><term>ingest.feed.health.changes {change}</term><description>changes of a feed's health, by <c>feed</c> (its id) and <c>health</c>; only changes are
/// counted, so that ten thousand feeds stay few series</description></item>
/// <item><term>ingest.source.health.changes {change}</term><description>sources whose articles jumped in length, emptiness or removed share (<c>change</c>
/// jumped), or went on as then (steady), by <c>source</c> (a hash of its host)</description></item>
/// <item><term>ingest.quarantined {message}</term><description>messages set aside, by <c>queue</c></description></item>
/// </list>
/// </remarks>
public sealed class IngestMetrics : IDisposable
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "IngestPipeline";

    private static readonly TimeSpan Plausible = TimeSpan.FromDays(30);

    private readonly Meter _meter;
    private readonly Counter<long> _entries;
    private readonly Counter<long> _articles;
    private readonly Counter<long> _polls;
    private readonly Counter<long> _fetches;
    private readonly Counter<long> _fetchBytes;
    private readonly Histogram<double> _stages;
    private readonly Histogram<double> _queueAge;
    private readonly Gauge<long> _queueDepth;
    private readonly Histogram<double> _latency;
    private readonly Counter<long> _decisions;
    private readonly Histogram<double> _removed;
    private readonly Gauge<double> _inboxDelay;
    private readonly Histogram<double> _indexLoad;
    private readonly Counter<long> _indexRebuilt;
    private readonly Gauge<long> _feeds;
    private readonly Counter<long> _healthChanges;
    private readonly Counter<long> _sourceChanges;
    private readonly Counter<long> _quarantined;

    /// <summary>Makes the instruments; with a factory the meter is the factory's, else its own.</summary>
    public IngestMetrics(IMeterFactory? factory = null)
    {
        _meter = factory?.Create(Name) ?? new Meter(Name);
        _entries = _meter.CreateCounter<long>("ingest.entries", "{entry}", "Feed entries by disposition.");
        _articles = _meter.CreateCounter<long>("ingest.articles", "{article}", "Articles that ended, by disposition.");
        _polls = _meter.CreateCounter<long>("ingest.polls", "{poll}", "Polls of feeds by outcome.");
        _fetches = _meter.CreateCounter<long>("ingest.fetches", "{fetch}", "Requests by how they ended.");
        _fetchBytes = _meter.CreateCounter<long>("ingest.fetch.bytes", "By", "Decoded bytes that arrived.");
        _stages = _meter.CreateHistogram<double>("ingest.stage.duration", "s", "How long a stage worked.");
        _queueAge = _meter.CreateHistogram<double>("ingest.queue.age", "s", "From a message's insertion to its handling.");
        _queueDepth = _meter.CreateGauge<long>("ingest.queue.depth", "{message}", "Messages waiting.");
        _latency = _meter.CreateHistogram<double>("ingest.record.latency", "s", "From the stated publishing time to the record.");
        _decisions = _meter.CreateCounter<long>("ingest.decisions", "{decision}", "Published decisions by kind.");
        _removed = _meter.CreateHistogram<double>("ingest.removed.share", "1", "Removed characters over removed and kept ones.");
        _inboxDelay = _meter.CreateGauge<double>("ingest.inbox.delay", "s", "Age of the oldest article that waits for a decision.");
        _indexLoad = _meter.CreateHistogram<double>("ingest.index.load", "s", "Time to load or revalidate the index of copies.");
        _indexRebuilt = _meter.CreateCounter<long>("ingest.index.rebuilt", "{time}", "Times that the index of copies was made anew.");
        _feeds = _meter.CreateGauge<long>("ingest.feeds", "{feed}", "Feeds by health.");
        _healthChanges = _meter.CreateCounter<long>("ingest.feed.health.changes", "{change}", "Changes of a feed's health.");
        _sourceChanges = _meter.CreateCounter<long>("ingest.source.health.changes", "{change}", "Changes of a source's health.");
        _quarantined = _meter.CreateCounter<long>("ingest.quarantined", "{message}", "Messages set aside.");
    }

    /// <summary>The one source of activities (spans).</summary>
    public static ActivitySource Activities { get; } = new(Name);

    /// <summary>The meter, for a test's listener: other instances of the same process have meters of the same name.</summary>
    internal Meter Meter => _meter;

    /// <summary>A feed's entry was judged.</summary>
    public void Entry(EntryDisposition disposition) => _entries.Add(1, Tag("disposition", MetricWords.Of(disposition)));

    /// <summary>An article ended; call it once, after the disposition is stored.</summary>
    public void Article(Disposition disposition) => _articles.Add(1, Tag("disposition", MetricWords.Of(disposition)));

    /// <summary>A feed was polled.</summary>
    /// <param name="outcome">A member of an enum, or a fixed word.</param>
    public void Poll(Enum outcome) => _polls.Add(1, Tag("outcome", MetricWords.Of(outcome)));

    /// <summary>A feed or page was asked for.</summary>
    /// <param name="status">How it ended.</param>
    /// <param name="isFeed">A feed, or a page.</param>
    /// <param name="bytes">Decoded bytes that arrived.</param>
    public void Fetch(Enum status, bool isFeed, long bytes)
    {
        _fetches.Add(1, Tag("status", MetricWords.Of(status)));
        if (bytes > 0)
            _fetchBytes.Add(bytes, Tag("kind", isFeed ? "feed" : "page"));
    }

    /// <summary>A stage worked for a while.</summary>
    /// <param name="stage">The stage's name, a fixed word of the code.</param>
    /// <param name="duration">How long.</param>
    /// <param name="failed">It ended in an exception.</param>
    public void Stage(string stage, TimeSpan duration, bool failed = false) =>
        _stages.Record(duration.TotalSeconds, Tag("stage", stage), Tag("result", failed ? "failed" : "done"));

    /// <summary>Runs a stage and records how long it took and whether it ended in an exception.</summary>
    /// <param name="stage">The stage's name, a fixed word of the code.</param>
    /// <param name="time">The clock.</param>
    /// <param name="work">The stage.</param>
    public async Task<T> StageAsync<T>(string stage, TimeProvider time, Func<Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(work);
        var started = time.GetTimestamp();
        var failed = true;
        try
        {
            var result = await work().ConfigureAwait(false);
            failed = false;
            return result;
        }
        finally
        {
            Stage(stage, time.GetElapsedTime(started), failed);
        }
    }

    /// <inheritdoc cref="StageAsync{T}"/>
    public Task StageAsync(string stage, TimeProvider time, Func<Task> work) => StageAsync(stage, time, async () =>
    {
        await work().ConfigureAwait(false);
        return true;
    });

    /// <summary>A message was taken up.</summary>
    public void QueueAge(string queue, TimeSpan age) => _queueAge.Record(Math.Max(0, age.TotalSeconds), Tag("queue", queue));

    /// <summary>A queue was looked at.</summary>
    public void QueueDepth(string queue, long messages) => _queueDepth.Record(messages, Tag("queue", queue));

    /// <summary>A record was written; times that lie in the future or over 30 days back say nothing about the pipeline and are left out.</summary>
    /// <param name="published">The time that page or feed states.</param>
    /// <param name="recorded">When the record was written.</param>
    public void RecordLatency(DateTimeOffset published, DateTimeOffset recorded)
    {
        var latency = recorded - published;
        if (latency >= TimeSpan.Zero && latency <= Plausible)
            _latency.Record(latency.TotalSeconds);
    }

    /// <summary>Decisions were published.</summary>
    public void Decisions(CopyKind kind, int count = 1) => _decisions.Add(count, Tag("kind", MetricWords.Of(kind)));

    /// <summary>An article was stripped.</summary>
    /// <param name="removed">Removed characters.</param>
    /// <param name="kept">Kept characters.</param>
    public void Stripped(long removed, long kept)
    {
        if (removed + kept > 0)
            _removed.Record((double)removed / (removed + kept));
    }

    /// <summary>A run of the deduplication began and found its oldest article so old (zero for an empty inbox).</summary>
    public void InboxDelay(TimeSpan oldest) => _inboxDelay.Record(Math.Max(0, oldest.TotalSeconds));

    /// <summary>The index of copies was loaded or found current.</summary>
    public void IndexLoad(TimeSpan duration) => _indexLoad.Record(duration.TotalSeconds);

    /// <summary>The index of copies could not be read, and the window was read back from articles and decisions.</summary>
    public void IndexRebuilt() => _indexRebuilt.Add(1);

    /// <summary>The feeds were counted.</summary>
    /// <param name="health">The word of their health, from a closed set.</param>
    /// <param name="count">How many there are.</param>
    public void Feeds(string health, long count) => _feeds.Record(count, Tag("health", health));

    /// <summary>A feed's health became another.</summary>
    /// <param name="feedId">The feed's id, a hash.</param>
    /// <param name="health">What it is now.</param>
    public void HealthChanged(string feedId, Enum health) =>
        _healthChanges.Add(1, Tag("feed", feedId), Tag("health", MetricWords.Of(health)));

    /// <summary>A source's articles changed beyond what its days vary by, or went on as then.</summary>
    /// <param name="site">Its host; a hash of it is what is told, so that no name from outside becomes a label.</param>
    /// <param name="isSteady">True when it is flagged no more.</param>
    public void SourceChanged(string site, bool isSteady) =>
        _sourceChanges.Add(1, Tag("source", Records.ArticleId.Of(site)[..16]), Tag("change", isSteady ? "steady" : "jumped"));

    /// <summary>A message was set aside.</summary>
    public void Quarantined(string queue) => _quarantined.Add(1, Tag("queue", queue));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
