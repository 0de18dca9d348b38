using System.Diagnostics.Metrics;
using System.Globalization;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Hosting;

namespace IngestPipeline.Cli.Commands;

/// <summary>
/// What <c>ingest run</c> says while it works, from the figures that the pipeline reports anyway: with <c>--once</c> pages, rate and time left; else
/// a line a minute when something happened.
/// </summary>
internal sealed class RunProgress : IDisposable
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly MeterListener _listener = new();
    private readonly ProgressLine? _line;
    private readonly Terminal _terminal;
    private readonly TimeProvider _time;
    private readonly ITimer? _timer;
    private readonly long _before;
    private (long Polls, long Ended) _said;
    private long _polls, _failedPolls, _entered, _ended;

    /// <summary>Begins to count and to tell.</summary>
    /// <param name="terminal">Where to tell it.</param>
    /// <param name="pending">Articles that an earlier run left to be done.</param>
    /// <param name="once">True for a run that ends by itself.</param>
    /// <param name="quiet">Count, and tell nothing.</param>
    /// <param name="time">The clock.</param>
    public RunProgress(Terminal terminal, long pending, bool once, bool quiet, TimeProvider time)
    {
        (_terminal, _before, _time) = (terminal, pending, time);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == IngestMetrics.Name && instrument.Name is "ingest.polls" or "ingest.articles" or "ingest.entries")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>(Count);
        _listener.Start();
        if (quiet)
            return;
        _line = once ? new(terminal, "pages", null, quiet: false) : null;
        _timer = time.CreateTimer(_ => Tell(), null, once ? Often : Minute, once ? Often : Minute);
    }

    /// <summary>True when feeds were asked for and none of them answered with a feed.</summary>
    public bool IsEveryPollFailed => Interlocked.Read(ref _polls) is > 0 and var polls && polls == Interlocked.Read(ref _failedPolls);

    /// <summary>True when no feed was asked for.</summary>
    public bool IsNothingPolled => Interlocked.Read(ref _polls) == 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer?.Dispose();
        _listener.Dispose();
        _line?.Dispose();
    }

    private void Count(Instrument instrument, long count, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        var word = tags.Length > 0 ? tags[0].Value as string : null;
        switch (instrument.Name)
        {
            case "ingest.polls" when word is not "deferred":
                Interlocked.Add(ref _polls, count);
                if (word is "failed" or "stopped")
                    Interlocked.Add(ref _failedPolls, count);
                break;
            case "ingest.entries" when word is "new" or "revised":
                Interlocked.Add(ref _entered, count);
                break;
            case "ingest.articles":
                Interlocked.Add(ref _ended, count);
                break;
        }
    }

    private void Tell()
    {
        var (polls, entered, ended) = (Interlocked.Read(ref _polls), Interlocked.Read(ref _entered), Interlocked.Read(ref _ended));
        if (_line is not null)
        {
            _line.Report(ended, Math.Max(_before + entered, ended));
            return;
        }

        if ((polls, ended) == _said)
            return;
        _terminal.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{_time.GetUtcNow():HH:mm} UTC: {polls - _said.Polls} polls, {ended - _said.Ended} articles ended, {Math.Max(0, _before + entered - ended)} under way"));
        _said = (polls, ended);
    }
}
