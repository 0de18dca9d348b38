using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Learning;

/// <summary>
/// Learns from a replay's articles, and gives each day the memory that it began with: the one that stands in the store; else the one that the live run
/// left in its capture; else what the articles of the days before teach.
/// </summary>
internal sealed class ReplayLessons
{
    private readonly IBlobStore _store;
    private readonly string _version;
    private readonly int _days;
    private readonly Dictionary<string, SiteMemory> _marks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DayLessons> _lessons = new(StringComparer.Ordinal);
    private SiteMemory? _today;
    private SiteMemory? _tomorrow;

    /// <param name="store">Where memories are written.</param>
    /// <param name="version">The version that is written.</param>
    /// <param name="days">How many days a memory reaches back; 0 = nothing is learned.</param>
    /// <param name="marks">What live runs left in the archive.</param>
    public ReplayLessons(IBlobStore store, string version, int days, IEnumerable<string> marks)
    {
        (_store, _version, _days) = (store, version, days);
        foreach (var mark in marks.Order(StringComparer.Ordinal))
        {
            if (SiteMemory.Read(System.Text.Encoding.UTF8.GetBytes(mark)) is { } memory && memory.PipelineVersion == version)
                _marks.TryAdd(memory.Day, memory);
        }
    }

    /// <summary>Gets ready for the articles that were asked for on a day; all of the days before must have been learned from.</summary>
    public async Task BeginAsync(string day, CancellationToken cancellation)
    {
        if (_days == 0 || day == StoreNames.Undated)
            return;
        // Most are captured on the day that they were asked for, some after midnight.
        (_today, _tomorrow) =
            (await MemoryAsync(day, cancellation).ConfigureAwait(false), await MemoryAsync(SiteMemory.Next(day), cancellation).ConfigureAwait(false));
        var oldest = SiteMemory.Lessons(day, _days).LastOrDefault();
        foreach (var old in _lessons.Keys.Where(d => string.CompareOrdinal(d, oldest) < 0).ToList())
            _lessons.Remove(old);
    }

    /// <summary>
    /// A result without the blocks that its site had taught by the day of its capture. Safe for several threads between two calls of
    /// <see cref="BeginAsync"/>.
    /// </summary>
    public IngestResult Apply(IngestResult result)
    {
        if (_today is null || result.Article?.Captured is not { } captured)
            return result;
        var day = StoreNames.Day(captured);
        // An archive may hold a page from long before or after: that goes by the nearest of the two days. A live run's mark is always right.
        var memory = _marks.GetValueOrDefault(day) ?? (string.CompareOrdinal(day, _today.Day) > 0 ? _tomorrow : _today);
        return memory!.Apply(result);
    }

    /// <summary>Learns from an article.</summary>
    public void Learn(Article article)
    {
        if (_days == 0 || article.FirstSeen is null || LearnedText.SiteOf(article) is not { } site || LearnedText.Sample(article) is not { } sample)
            return;
        var day = StoreNames.Day(article.FirstSeen);
        if (!_lessons.TryGetValue(day, out var lessons))
            _lessons[day] = lessons = new();
        lessons.Add(site, sample);
    }

    private async Task<SiteMemory> MemoryAsync(string day, CancellationToken cancellation)
    {
        if (_tomorrow?.Day == day)
            return _tomorrow;
        var name = StoreNames.Learned(day);
        if (await _store.ReadAsync(name, cancellation).ConfigureAwait(false) is { } stored && SiteMemory.Read(stored.Content) is { } known)
            return known;
        var memory = _marks.GetValueOrDefault(day)
            ?? SiteMemory.Of(day, _version, SiteMemory.Lessons(day, _days).Select(d => _lessons.GetValueOrDefault(d)).OfType<DayLessons>());
        await _store.CreateAsync(name, memory.Content, cancellation).ConfigureAwait(false);
        return memory;
    }
}
