using System.Runtime.InteropServices;

namespace IngestPipeline.Deduplication;

/// <summary>
/// Relates reports on one event by their telling words. Whether two reports are related depends on nothing but the two, as the weights of
/// words are frozen.
/// </summary>
internal sealed class StoryIndex(CopyOptions options, ArticleTable articles)
{
    // Nothing is ever put in.
    private static readonly Dictionary<int, StoryRelation> None = [];

    private readonly StoryPostings _postings = new(articles, (int)Math.Ceiling(options.StoryDays));
    private readonly List<int> _met = [];
    private readonly FrequentArticles _frequent = new(options.StoryKeys);
    private readonly PassageComparer _comparer = new();

    /// <summary>Bytes of the postings.</summary>
    public long Bytes => _postings.Bytes;

    private Func<int, TermVector> Telling => field ??= article => Entry(article).Vector;

    /// <summary>
    /// The articles related to one, and those of which it was not asked yet, see <see cref="RelationOf"/>; none when it is too short to tell a story. To be read
    /// only.
    /// </summary>
    public Dictionary<int, StoryRelation> RelationsOf(int article)
    {
        if (!articles.Head(article).Has(ArticleMarks.Telling | ArticleMarks.StoryRelated))
            return None;
        var entry = Entry(article);
        if (!entry.HasRelations)
            Relate(article, entry, isNew: false);
        return entry.Relations ?? None;
    }

    /// <summary>
    /// How a report is related to another; null when it is not. Of a batch this is worked out when it is asked for: most pairs are copies of one report, of
    /// which one tells the story, and nobody asks.
    /// </summary>
    public StoryRelation? RelationOf(int article, int other)
    {
        if (!RelationsOf(article).TryGetValue(other, out var relation))
            return null;
        if (!relation.IsOpen)
            return relation;
        var judged = Judge(article, other, relation.Cosine);
        Settle(article, other, judged);
        Settle(other, article, judged);
        return judged;
    }

    /// <summary>Adds articles and relates them to each other and to those that are there.</summary>
    public void Add(HashSet<int> added)
    {
        var reports = new List<(int Article, TermVector Telling)>();
        foreach (var article in added)
        {
            var print = articles.Print(article);
            if (print.Document.HeadlineOnly || print.TotalWeight < options.StoryTokens * Fingerprint.FullWeight)
                continue;
            if (articles.Terms(article) is { Terms.Length: > 0 } telling)
                reports.Add((article, telling));
        }

        if (options.IsLarge(reports.Count, articles.Here))
        {
            var filter = _postings.AddBatch(reports, Telling);
            // Of two in the batch, the one with the higher number tells both.
            foreach (var (article, telling) in reports)
                Place(article, new(telling) { HasRelations = true });
            foreach (var (article, _) in reports)
                Relate(article, Entry(article), isNew: true, article, filter);
            return;
        }

        foreach (var (article, telling) in reports)
        {
            Place(article, new(telling));
            Relate(article, Entry(article), isNew: true);
            _postings.Add(article, telling);
        }
    }

    /// <summary>Adds articles as the index in the store has them; <see cref="Loaded"/> must follow.</summary>
    public void Load(IReadOnlyList<(int Number, IndexRecord Record)> loaded)
    {
        foreach (var (number, record) in loaded)
        {
            if (articles.Head(number).Has(ArticleMarks.Telling))
                _postings.Load(number, record.Terms);
        }
    }

    /// <summary>All articles of the index in the store are here.</summary>
    public void Loaded() => _postings.Loaded();

    /// <summary>The telling words by which an article is found; none when it is too short to tell a story.</summary>
    public uint[] KeysOf(int article) => articles.Head(article).Has(ArticleMarks.Telling) ? Entry(article).Vector.Keys.ToArray() : [];

    /// <summary>
    /// The share of words that two reports have in common when one tells the other's report in other words, in 1/10,000; 0 when it does not.
    /// </summary>
    public int RewriteScore(int article, int report)
    {
        if (RelationOf(article, report) is not { } relation)
            return 0;
        var scores = Entry(article).Rewrites ??= [];
        if (!scores.TryGetValue(report, out var score))
            scores[report] = score = Rewrite(article, report, relation.Cosine);
        return score;
    }

    /// <summary>Works out an article's telling words before its weights change, as they stand in the index.</summary>
    public void Hold(int article)
    {
        if (articles.Head(article).Has(ArticleMarks.Telling))
            Entry(article);
    }

    /// <summary>Takes an article out, and its relations from both sides.</summary>
    public void Remove(int article)
    {
        if (!articles.Head(article).Has(ArticleMarks.Telling))
            return;
        foreach (var other in RelationsOf(article).Keys)
        {
            if (articles.Peek(other)?.Story is not { } related)
                continue;
            related.Relations?.Remove(article);
            related.Rewrites?.Remove(article);
        }

        Leave(article, swept: false);
        articles.Node(article).Story = null;
    }

    /// <summary>Takes an article out that leaves the window; its relations are not looked at.</summary>
    /// <param name="article">The article.</param>
    /// <param name="swept">True when <see cref="Sweep"/> follows.</param>
    public void Leave(int article, bool swept)
    {
        if (!articles.Head(article).Has(ArticleMarks.Telling))
            return;
        _postings.Remove(article, swept ? null : Entry(article).Vector);
        articles.Head(article).Marks &= ~(ArticleMarks.Telling | ArticleMarks.StoryRelated);
    }

    /// <summary>Takes many articles out in one pass over everything.</summary>
    public void Sweep(Func<int, bool> isGone) => _postings.Sweep(isGone);

    private StoryEntry Entry(int article) => articles.Node(article).Story ??= new(articles.Terms(article));

    private void Place(int article, StoryEntry entry)
    {
        articles.Node(article).Story = entry;
        articles.Head(article).Marks |= ArticleMarks.Telling;
    }

    private void Relate(int article, StoryEntry entry, bool isNew, int below = int.MaxValue, KeyFilter? filter = null)
    {
        var isOfBatch = below < int.MaxValue;
        entry.HasRelations = true;
        _met.Clear();
        _postings.Meet(article, entry.Vector, _met, below, Telling, filter);
        articles.Counts.Words += _met.Count;
        foreach (var other in _frequent.In(_met))
        {
            if (other == article || NearCosine(article, entry, other) is not { } cosine)
                continue;
            if ((isOfBatch ? new(cosine, Joins: false, IsOpen: true) : Judge(article, other, cosine)) is not { } relation)
                continue;
            articles.Counts.Reports++;
            (entry.Relations ??= [])[other] = relation;
            if (!isNew)
                continue;
            articles.Head(article).Marks |= ArticleMarks.StoryRelated;
            articles.Head(other).Marks |= ArticleMarks.StoryRelated;
            if (articles.Peek(other)?.Story is { HasRelations: true } found)
                (found.Relations ??= [])[article] = relation;
        }
    }

    // Null when two reports are too far apart in time or in their telling words.
    private int? NearCosine(int article, StoryEntry entry, int other)
    {
        ref readonly var a = ref articles.Head(article);
        ref readonly var b = ref articles.Head(other);
        if (a.Seen != ArticleHead.Undated && b.Seen != ArticleHead.Undated && ArticleHead.DaysApart(a, b) > options.StoryDays)
            return null;
        articles.Counts.Cosines++;
        var cosine = entry.Vector.Cosine(Entry(other).Vector);
        return cosine >= CosineNeeded(article, other) - options.StorySlack
            && CopyVerifier.SameLanguage(articles.Print(article).Document, articles.Print(other).Document)
            ? cosine
            : null;
    }

    private int CosineNeeded(int article, int other)
    {
        var undated = (articles.Head(article).Seen == ArticleHead.Undated ? 1 : 0) + (articles.Head(other).Seen == ArticleHead.Undated ? 1 : 0);
        return undated switch { 0 => options.StoryCosine, 1 => options.HalfDatedStoryCosine, _ => options.UndatedStoryCosine };
    }

    private StoryRelation? Judge(int article, int other, int cosine) =>
        IsForm(article, other) ? null : new(cosine, cosine >= CosineNeeded(article, other) || SharesText(article, other));

    // One that is not at hand is related to others anew when it is read back.
    private void Settle(int article, int other, StoryRelation? judged)
    {
        if (articles.Peek(article)?.Story?.Relations is not { } relations)
            return;
        // Neither ends a walk through the relations.
        if (judged is not { } relation)
            relations.Remove(other);
        else if (relations.ContainsKey(other))
            CollectionsMarshal.GetValueRefOrNullRef(relations, other) = relation;
    }

    // Reports of two outlets that are nearly alike enough and have a good part of their text in common, as both took it from one agency.
    private bool SharesText(int article, int other)
    {
        var (a, b) = (articles.Print(article), articles.Print(other));
        return (a.Source == 0 || a.Source != b.Source) && _comparer.Contains(a, b, options.StoryText);
    }

    // Weather, results, draws: the phrasing of one report, and other numbers in it.
    private bool IsForm(int article, int other)
    {
        var (a, b) = (PhrasingOf(article), PhrasingOf(other));
        return a.GivesOtherNumbers(b) && a.SharedPairs(b) >= options.RewritePairs;
    }

    private int Rewrite(int article, int report, int cosine)
    {
        articles.Counts.Rewrites++;
        var (a, b) = (articles.Print(article), articles.Print(report));
        if (cosine < options.RewriteCosine || Math.Min(a.Text.Count, b.Text.Count) < options.RewriteTokens)
            return 0;
        // An outlet does not rewrite its own report, and what keeps long passages is an edit or shares background.
        if (a.Source != 0 && a.Source == b.Source)
            return 0;
        var (told, other) = (PhrasingOf(article), PhrasingOf(report));
        if (told.GivesOtherNumbers(other)
            || told.SharedPairs(other) < options.RewritePairs
            || told.SharedWords(other) is var words && words < options.RewriteWords)
            return 0;
        var passages = Passages(article, a, report, b);
        return passages.Containment <= options.RewriteContainment && passages.LongestRunLength <= options.RewriteRun ? words : 0;
    }

    private PassageComparison Passages(int article, Fingerprint a, int other, Fingerprint b) =>
        articles.Compare(article, other) <= 0 ? _comparer.Compare(a, b) : _comparer.Compare(b, a);

    private Phrasing PhrasingOf(int article) => Entry(article).Phrasing ??= Phrasing.Of(articles.Print(article));
}
