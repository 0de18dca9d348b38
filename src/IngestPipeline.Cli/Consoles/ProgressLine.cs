using System.Diagnostics;
using System.Globalization;

namespace IngestPipeline.Cli.Consoles;

/// <summary>
/// Progress on standard error: one line that is rewritten on a terminal, else a plain line every few seconds. Shows count, rate and,
/// where the total is known, the time left.
/// </summary>
internal sealed class ProgressLine(Terminal terminal, string what, long? total, bool quiet) : IDisposable
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan InLog = TimeSpan.FromSeconds(10);

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Lock _lock = new();
    private TimeSpan _shown;
    private bool _drawn;

    public void Report(long done) => Report(done, total);

    /// <summary>The same where the total becomes known only by and by.</summary>
    public void Report(long done, long? total)
    {
        if (quiet)
            return;

        lock (_lock)
        {
            var elapsed = Stopwatch.GetElapsedTime(_start);
            if (elapsed - _shown < (terminal.ErrorIsTerminal ? OnTerminal : InLog))
                return;

            _shown = elapsed;
            Write(done, total, elapsed);
        }
    }

    public void Dispose()
    {
        if (_drawn && terminal.ErrorIsTerminal)
            terminal.Error.Write("\r\u001b[K");
    }

    private void Write(long done, long? total, TimeSpan elapsed)
    {
        var rate = done / Math.Max(elapsed.TotalSeconds, 0.001);
        var left = total is { } all && rate > 0 ? $", {Duration((all - done) / rate)} left" : "";
        var bar = total is > 0 && terminal.ErrorIsTerminal ? Bar(done, total.Value) + " " : "";
        var line = string.Create(CultureInfo.InvariantCulture, $"{bar}{done}{(total is { } n ? $" of {n}" : "")} {what}, {Rate(rate)}/s{left}");
        if (terminal.ErrorIsTerminal)
            terminal.Error.Write("\r\u001b[K" + line);
        else
            terminal.Error.WriteLine(line);
        _drawn = true;
    }

    private static string Bar(long done, long total)
    {
        const int width = 24;
        var filled = (int)Math.Clamp(done * width / total, 0, width);
        return "[" + new string('#', filled) + new string('.', width - filled) + "]";
    }

    private static string Rate(double rate) => rate.ToString(rate < 9.95 ? "0.0" : "0", CultureInfo.InvariantCulture);

    private static string Duration(double seconds) =>
        TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 359_999)).ToString(seconds >= 3600 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);
}
