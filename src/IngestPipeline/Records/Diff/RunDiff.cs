using System.Globalization;

namespace IngestPipeline.Records.Diff;

/// <summary>What two runs say differently about the same archive.</summary>
public sealed class RunDiff
{
    // What a decision says; the story stands behind the copies.
    private static readonly string[] Decided = ["kind", "canonicalId", "rewriteOf"];

    private static readonly string[] Sourced =
        ["title", "standfirst", "outlet", "authors", "credit", "published", "updated", "language", "section", "canonicalUrl", "leadImage", "agency", "datelinePlace"];

    private readonly SortedDictionary<string, int> _fields = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (int Before, int After)> _rules = new(StringComparer.Ordinal);
    private readonly List<RunChange> _changes = [];
    private readonly int _most;

    private RunDiff(int most) => _most = most;

    /// <summary>Articles that both runs have.</summary>
    public long Both { get; private set; }

    /// <summary>Of these, the ones without a difference.</summary>
    public long Same { get; private set; }

    /// <summary>Articles that only the later run has.</summary>
    public long Added { get; private set; }

    /// <summary>Articles that only the earlier run has.</summary>
    public long Lost { get; private set; }

    /// <summary>How many articles differ in each field.</summary>
    public IReadOnlyDictionary<string, int> Fields => _fields;

    /// <summary>How many blocks each rule removed in the one run and in the other, where that differs.</summary>
    public IReadOnlyDictionary<string, (int Before, int After)> Rules =>
        _rules.Where(r => r.Value.Before != r.Value.After).ToDictionary(StringComparer.Ordinal);

    /// <summary>The changes by day and id, up to the bound that was asked for.</summary>
    public IReadOnlyList<RunChange> Changes => _changes;

    /// <summary>Compares two runs, article by article.</summary>
    /// <param name="before">The earlier one.</param>
    /// <param name="after">The later one.</param>
    /// <param name="most">How many changes are kept one by one.</param>
    /// <param name="cancellation">Stops between articles.</param>
    public static async Task<RunDiff> CompareAsync(RecordStore before, RecordStore after, int most, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var diff = new RunDiff(most);
        foreach (var day in before.Days.Concat(after.Days).Select(d => d.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            await diff.DayAsync(day, before, after, cancellation).ConfigureAwait(false);
        return diff;
    }

    // Both sides come in the order of their ids: memory stays flat whatever the day's length.
    private async Task DayAsync(string day, RecordStore before, RecordStore after, CancellationToken cancellation)
    {
        var first = before.ReadDayAsync(day, cancellation).GetAsyncEnumerator(cancellation);
        await using var closingFirst = first.ConfigureAwait(false);
        var second = after.ReadDayAsync(day, cancellation).GetAsyncEnumerator(cancellation);
        await using var closingSecond = second.ConfigureAwait(false);
        var (left, right) = (await NextAsync(first).ConfigureAwait(false), await NextAsync(second).ConfigureAwait(false));
        while (left is not null || right is not null)
        {
            var order = left is null ? 1 : right is null ? -1 : string.CompareOrdinal(left.Value.Id, right.Value.Id);
            if (order < 0)
                One(left!.Value, day, RunChangeKind.Lost);
            else if (order > 0)
                One(right!.Value, day, RunChangeKind.Added);
            else
                Two(left!.Value, right!.Value, day);
            if (order <= 0)
                left = await NextAsync(first).ConfigureAwait(false);
            if (order >= 0)
                right = await NextAsync(second).ConfigureAwait(false);
        }
    }

    private static async Task<RecordFields?> NextAsync(IAsyncEnumerator<ReadOnlyMemory<byte>> records) =>
        await records.MoveNextAsync().ConfigureAwait(false) ? RecordFields.Parse(records.Current) : null;

    private void One(RecordFields record, string day, RunChangeKind kind)
    {
        if (kind == RunChangeKind.Added)
            Added++;
        else
            Lost++;
        Count(record, isAfter: kind == RunChangeKind.Added);
        Keep(record, day, kind, []);
    }

    private void Two(RecordFields before, RecordFields after, string day)
    {
        Both++;
        Count(before, isAfter: false);
        Count(after, isAfter: true);
        var fields = new List<FieldChange>();
        void Compare(string field, string? one, string? other)
        {
            if (one != other)
                fields.Add(new(field, one, other));
        }

        if (before.Text("text") != after.Text("text"))
            fields.Add(new("text", Length(before, after), Length(after, before)));
        Compare("textFrom", before.Text("textFrom"), after.Text("textFrom"));
        foreach (var name in Sourced)
            Compare(name, before.Value(name), after.Value(name));
        Compare("flags", string.Join(", ", before.Texts("flags")), string.Join(", ", after.Texts("flags")));
        Compare("finalUrl", before.Text("finalUrl"), after.Text("finalUrl"));
        foreach (var name in Decided)
            Compare(name, before["copy"]?.Text(name), after["copy"]?.Text(name));
        Compare("storyId", before.Text("storyId"), after.Text("storyId"));
        if (fields.Count == 0)
        {
            Same++;
            return;
        }

        foreach (var field in fields)
            _fields[field.Field] = _fields.GetValueOrDefault(field.Field) + 1;
        Keep(after, day, RunChangeKind.Changed, fields);
    }

    // Texts are long and not ours to print: their lengths say how much, and "ingest compare" shows them.
    private static string Length(RecordFields record, RecordFields other)
    {
        var there = other.List("blocks").Select(b => b.Text("text")).ToHashSet(StringComparer.Ordinal);
        var own = record.List("blocks").Count(b => !there.Contains(b.Text("text")));
        return string.Create(CultureInfo.InvariantCulture, $"{record.Text("text")?.Length ?? 0} characters, {own} blocks of its own");
    }

    private void Count(RecordFields record, bool isAfter)
    {
        foreach (var rule in record.List("removed").Select(r => r.Text("rule") ?? ""))
        {
            var (before, after) = _rules.GetValueOrDefault(rule);
            _rules[rule] = isAfter ? (before, after + 1) : (before + 1, after);
        }
    }

    private void Keep(RecordFields record, string day, RunChangeKind kind, IReadOnlyList<FieldChange> fields)
    {
        if (_changes.Count < _most)
            _changes.Add(new(record.Id, day, record.Text("url"), record.Value("title"), kind, fields));
    }
}
