using System.Globalization;
using IngestPipeline.Pipeline.Live;

namespace IngestPipeline.Cli.Commands;

/// <summary>What <c>ingest run</c> says at its end.</summary>
internal static class RunSummary
{
    public static async Task WriteJsonAsync(StatusReader status, Stream output, CancellationToken cancellation)
    {
        await output.WriteAsync(await status.ReadJsonAsync(cancellation), cancellation);
        output.WriteByte((byte)'\n');
        await output.FlushAsync(cancellation);
    }

    public static void WriteText(TextWriter text, LiveFigures before, LiveFigures after)
    {
        var ended = after.Total.Select(t => (t.Key, Count: t.Value - before.Total.GetValueOrDefault(t.Key))).Where(t => t.Count > 0).ToList();
        text.WriteLine(Line("articles", ended.Sum(e => e.Count)));
        foreach (var (disposition, count) in ended)
            text.WriteLine(Line("  " + DispositionWord.Of(disposition), count));
        text.WriteLine(Line("pending", after.Pending));
        text.WriteLine(Line("to be looked at again", after.Rechecks));
        if (after.Inbox > 0)
            text.WriteLine(Line("waiting for a decision", after.Inbox));
        if (after.Quarantined > 0)
            text.WriteLine(Line("set aside", after.Quarantined) + "  under quarantine/ in the store");
        text.WriteLine("feeds: " + string.Join(", ", after.Feeds.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Value} {f.Key}"))));
        foreach (var (url, health, problem) in after.Troubled.Take(20))
            text.WriteLine($"  {health}: {url}: {problem}");
        text.WriteLine($"records: {after.Store}/records/");
    }

    private static string Line(string name, long count) => string.Create(CultureInfo.InvariantCulture, $"{name,-24} {count,8}");
}
