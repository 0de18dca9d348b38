using System.Runtime.InteropServices;

namespace IngestPipeline.Deduplication;

/// <summary>
/// Relates reports on one event by their telling words. Whether two reports are related depends on nothing but the two, as the weights of
/// words are frozen.
/// </summary>
internal sealed class StoryIndex(CopyOptions options)
{
    private readonly Dictionary<uint, List<(int Day, List<int> Articles)>> _postings = [];
    private readonly Dictionary<int, Entry> _entries = [];
    private readonly PassageComparer _comparer = new();

    private sealed class Entry(Fingerprint print)
    {
        private Phrasing? _phrasing;

        public Fingerprint Print { get; } = print;

        public TermVector Vector { get; } = TermVector.Of(print);

        public Dictionary<int, StoryRelation> Relations { get; } = [];

        public Phrasing Phrasing => _phrasing ??= new(Print.OwnText());
    }

    /// <summary>The articles related to one, empty when it is too short to tell a story.</summary>
    public IReadOnlyDictionary<int, StoryRelation> RelationsOf(int article) =>
        _entries.TryGetValue(article, out var entry) ? entry.Relations : System.Collections.ObjectModel.ReadOnlyDictionary<int, StoryRelation>.Empty;

    /// <summary>Adds an article and relates it to those that are there.</summary>
    public void Add(int article, Fingerprint print)
    {
        if (print.Document.HeadlineOnly || print.TotalWeight < options.StoryTokens * Fingerprint.FullWeight)
            return;
        var entry = new Entry(print);
        var counts = new Dictionary<int, int>();
        var day = Day(print);
        foreach (var key in entry.Vector.Keys)
        {
            ref var days = ref CollectionsMarshal.GetValueRefOrAddDefault(_postings, key, out _);
            days ??= new(1);
            List<int>? own = null;
            foreach (var (other, articles) in days)
            {
                if (other == day)
                    own = articles;
                if (day != Undated && other != Undated && Math.Abs(other - day) > options.StoryDays + 1)
                    continue;
                foreach (var candidate in articles)
                    CollectionsMarshal.GetValueRefOrAddDefault(counts, candidate, out _)++;
            }

            if (own is null)
                days.Add((day, own = []));
            own.Add(article);
        }

        foreach (var (other, count) in counts)
        {
            if (count >= options.StoryKeys && Relate(entry, _entries[other]) is { } relation)
            {
                entry.Relations[other] = relation;
                _entries[other].Relations[article] = relation;
            }
        }

        _entries[article] = entry;
    }

    /// <summary>Takes an article out.</summary>
    public void Remove(int article)
    {
        if (!_entries.Remove(article, out var entry))
            return;
        foreach (var other in entry.Relations.Keys)
            _entries[other].Relations.Remove(article);
        var day = Day(entry.Print);
        foreach (var key in entry.Vector.Keys)
        {
            var days = _postings[key];
            var at = days.FindIndex(d => d.Day == day);
            days[at].Articles.Remove(article);
            if (days[at].Articles.Count == 0)
                days.RemoveAt(at);
            if (days.Count == 0)
                _postings.Remove(key);
        }
    }

    private const int Undated = int.MinValue;

    private static int Day(Fingerprint print) => print.Document.FirstSeen is { } seen ? (int)(seen.UtcTicks / TimeSpan.TicksPerDay) : Undated;

    private StoryRelation? Relate(Entry a, Entry b)
    {
        if (!CopyVerifier.SameLanguage(a.Print.Document, b.Print.Document))
            return null;
        var undated = (a.Print.Document.FirstSeen is null ? 1 : 0) + (b.Print.Document.FirstSeen is null ? 1 : 0);
        if (undated == 0 && CopyVerifier.DaysApart(a.Print, b.Print) > options.StoryDays)
            return null;
        var cosine = a.Vector.Cosine(b.Vector);
        var needed = undated switch { 0 => options.StoryCosine, 1 => options.HalfDatedStoryCosine, _ => options.UndatedStoryCosine };
        return cosine >= needed - options.StorySlack ? new(cosine, cosine >= needed, Rewrite(a, b, cosine)) : null;
    }

    private int Rewrite(Entry a, Entry b, int cosine)
    {
        if (cosine < options.RewriteCosine || Math.Min(a.Print.Text.Count, b.Print.Text.Count) < options.RewriteTokens)
            return 0;
        // An outlet does not rewrite its own report, and what keeps long passages is an edit or shares background.
        if (a.Print.Source != 0 && a.Print.Source == b.Print.Source)
            return 0;
        var (words, pairs) = a.Phrasing.Shared(b.Phrasing);
        if (words < options.RewriteWords || pairs < options.RewritePairs || a.Phrasing.GivesOtherNumbers(b.Phrasing))
            return 0;
        var (first, second) = CopyWindow.Compare(a.Print, b.Print) <= 0 ? (a.Print, b.Print) : (b.Print, a.Print);
        var passages = _comparer.Compare(first, second);
        return passages.Containment <= options.RewriteContainment && passages.LongestRunLength <= options.RewriteRun ? words : 0;
    }
}
