using System.Collections.Concurrent;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Learning;

/// <summary>
/// The memories of a live run's days. A day's is made once, by whoever needs it first: usually by the deduplication on the day before, from articles
/// that are a day old by then. It stands in the store and in the capture before anything goes by it, so that all workers, lives and replays have the same.
/// </summary>
public sealed class SiteMemories : IDisposable
{
    /// <summary>The hour (UTC) from which the deduplication makes the next day's memory: what the day before the last captured late is in by then.</summary>
    private const int ReadyHour = 6;

    // A day's articles beyond this teach nothing new.
    private const int MaxArticles = 10_000;
    private const int AtOnce = 16;
    private const int MaxKept = 8;

    private readonly LiveStore _store;
    private readonly int _days;
    private readonly ConcurrentDictionary<string, SiteMemory> _known = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Wires it.</summary>
    public SiteMemories(LiveStore store, PipelineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_store, _days) = (store, options.LearnDays);
    }

    /// <summary>A result without the blocks that its site had taught by the day of its capture.</summary>
    internal async Task<IngestResult> ApplyAsync(IngestResult result, CancellationToken cancellation) =>
        _days > 0 && result.Article is { TextFrom: TextSource.Page, Captured: { } at }
            ? (await ForAsync(StoreNames.Day(at), cancellation).ConfigureAwait(false)).Apply(result)
            : result;

    /// <summary>Makes the next day's memory ahead of the day, once the present one is some hours old.</summary>
    internal async Task PrepareAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        if (_days > 0 && now.UtcDateTime.Hour >= ReadyHour)
            await ForAsync(StoreNames.Day(now.AddDays(1)), cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<SiteMemory> ForAsync(string day, CancellationToken cancellation)
    {
        if (_known.TryGetValue(day, out var known))
            return known;
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_known.TryGetValue(day, out known))
                return known;
            var run = await _store.RunAsync(cancellation).ConfigureAwait(false);
            var memory = await StoredAsync(run, day, cancellation).ConfigureAwait(false) ?? await MakeAsync(run, day, cancellation).ConfigureAwait(false);
            // Whoever made it may have died before this.
            await LearnedMark.WriteAsync(_store.Root, memory, cancellation).ConfigureAwait(false);
            if (_known.Count >= MaxKept)
                _known.Clear();
            return _known[day] = memory;
        }
        finally
        {
            _one.Release();
        }
    }

    private static async Task<SiteMemory?> StoredAsync(IBlobStore run, string day, CancellationToken cancellation)
    {
        var name = StoreNames.Learned(day);
        if (await run.ReadAsync(name, cancellation).ConfigureAwait(false) is not { } stored)
            return null;
        return SiteMemory.Read(stored.Content)
            ?? throw new StorageException(
                $"{run.Location}: {name} cannot be read; the store is damaged. Put it back from the capture of that day, or replay the captures into a new store.")
            {
                IsDamage = true
            };
    }

    private async Task<SiteMemory> MakeAsync(IBlobStore run, string day, CancellationToken cancellation)
    {
        var lessons = new List<DayLessons>();
        foreach (var from in SiteMemory.Lessons(day, _days))
            lessons.Add(await LessonsAsync(run, from, cancellation).ConfigureAwait(false));
        var memory = SiteMemory.Of(day, _store.Version, lessons);
        var created = await run.CreateAsync(StoreNames.Learned(day), memory.Content, cancellation).ConfigureAwait(false);
        await ForgetAsync(run, day, cancellation).ConfigureAwait(false);
        return created.Written ? memory : (await StoredAsync(run, day, cancellation).ConfigureAwait(false))!;
    }

    // Kept until no day needs it any more, so that a memory reads one day's articles and not fourteen days'.
    private static async Task<DayLessons> LessonsAsync(IBlobStore run, string day, CancellationToken cancellation)
    {
        if (await run.ReadAsync(StoreNames.Lessons(day), cancellation).ConfigureAwait(false) is { } stored && DayLessons.Read(stored.Content.Span) is { } known)
            return known;
        var names = await run.ListAsync(StoreNames.ArticlesOf(day), cancellation)
            .Select(i => i.Name)
            .Where(StoreNames.IsFirstRevision)
            .Take(MaxArticles)
            .ToListAsync(cancellation)
            .ConfigureAwait(false);
        var samples = new (string Site, Boilerplate.SiteSample Sample)?[names.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, names.Count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (i, token) =>
        {
            if (await run.ReadAsync(names[i], token).ConfigureAwait(false) is { } article)
                samples[i] = TrySample(article.Content.Span);
        }).ConfigureAwait(false);
        var lessons = new DayLessons();
        foreach (var (site, sample) in samples.OfType<(string, Boilerplate.SiteSample)>())
            lessons.Add(site, sample);
        if (names.Count > 0)
            await run.CreateAsync(StoreNames.Lessons(day), lessons.ToJson(), cancellation).ConfigureAwait(false);
        return lessons;
    }

    // A damaged article teaches nothing; verify tells of it.
    private static (string Site, Boilerplate.SiteSample Sample)? TrySample(ReadOnlySpan<byte> article)
    {
        try
        {
            return LearnedText.Sample(article);
        }
        catch (Exception e) when (StoreDamage.IsMisread(e))
        {
            return null;
        }
    }

    private async Task ForgetAsync(IBlobStore run, string day, CancellationToken cancellation)
    {
        var oldest = SiteMemory.Lessons(day, _days).LastOrDefault();
        var old = await run.ListAsync(StoreNames.LessonsPrefix, cancellation).Select(i => i.Name)
            .Where(n => string.CompareOrdinal(n, StoreNames.Lessons(oldest ?? day)) < 0).ToListAsync(cancellation).ConfigureAwait(false);
        foreach (var name in old)
            await run.DeleteAsync(name, null, cancellation).ConfigureAwait(false);
    }
}
