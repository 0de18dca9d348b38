namespace IngestPipeline.Deduplication;

/// <summary>Writes the decisions about one group of copies, each with its evidence.</summary>
internal sealed class DecisionMaker(CopyWindow window)
{
    private static readonly CopyEvidence Same = new("", "exact-text", 10_000, 10_000, 10_000, 10_000);

    private readonly PassageFinder _finder = new();
    private Func<string, CopyEvidence?> _published = _ => null;

    /// <summary>The decisions about a group, that of the canonical article first; each is a story of its own as yet.</summary>
    /// <param name="texts">The numbers of the articles that lead its families of equal texts.</param>
    /// <param name="group">The numbers of all its articles.</param>
    /// <param name="anchor">The id of a canonical article that has left the window; null when the canonical article is in the group.</param>
    /// <param name="published">The evidence published about an article; what has not changed in it is not made again.</param>
    public IReadOnlyList<CopyDecision> Decide(List<int> texts, List<int> group, string? anchor, Func<string, CopyEvidence?> published)
    {
        _published = published;
        if (texts.Count > 1)
            texts.Sort(window.Order);
        var decisions = new List<CopyDecision>(group.Count);
        var ranked = CanonicalChoice.Rank(group.Select(m => window.Articles.Print(m)));
        var canonical = ranked[0];
        foreach (var print in ranked)
        {
            var id = print.Document.Id;
            var decision = new CopyDecision
            {
                Id = id,
                CanonicalId = anchor ?? canonical.Document.Id,
                Kind = group.Count == 1 ? CopyKind.Unique : CopyKind.Original,
                StoryId = id,
            };
            if (!ReferenceEquals(print, canonical))
                decision = Copy(decision, print, canonical, texts);
            else if (anchor is not null)
                decision = decision with { Kind = CopyKind.Near };
            decisions.Add(decision);
        }

        LinkVersions(decisions, ranked);
        return decisions;
    }

    // The canonical article and what changed after or before it, in the order of time.
    private static void LinkVersions(List<CopyDecision> decisions, List<Fingerprint> ranked)
    {
        if (!decisions.Exists(d => d.Kind == CopyKind.Version))
            return;
        var versions = Enumerable.Range(0, decisions.Count).Where(i => i == 0 || decisions[i].Kind == CopyKind.Version).ToList();
        versions.Sort((x, y) => Fingerprint.Compare(ranked[x], ranked[y]));
        for (var i = 1; i < versions.Count; i++)
            decisions[versions[i]] = decisions[versions[i]] with { PreviousVersionId = decisions[versions[i - 1]].Id };
        decisions[versions[^1]] = decisions[versions[^1]] with { IsLatestVersion = true };
    }

    /// <summary>The evidence that an article tells another's report in other words.</summary>
    public CopyEvidence RewriteEvidence(int article, int report, int score, int threshold)
    {
        var (first, second) = (window.Exact.LeaderOf(article), window.Exact.LeaderOf(report));
        var passages = window.RelationsOf(first).TryGetValue(second, out var relation) ? relation.Passages : default;
        var (contained, contains) = window.Order.Compare(first, second) < 0
            ? (passages.ContainedA, passages.ContainedB)
            : (passages.ContainedB, passages.ContainedA);
        var (print, other) = (window.Articles.Print(article), window.Articles.Print(report));
        return new(other.Document.Id, "words", score, threshold, CopyVerifier.Parts(contained), CopyVerifier.Parts(contains))
        {
            Passages = _finder.Find(print, other, CopyEvidence.MaxPassages),
            Agency = print.Agency,
            OtherAgency = other.Agency,
        };
    }

    private CopyDecision Copy(CopyDecision decision, Fingerprint print, Fingerprint canonical, List<int> texts)
    {
        var number = window.Exact.LeaderOf(window.Articles.NumberOf(print.Document.Id)!.Value);
        var other = window.Exact.LeaderOf(window.Articles.NumberOf(canonical.Document.Id)!.Value);
        if (number == other)
            return decision with { Kind = CopyKind.Exact, Similarity = 10_000, Evidence = Evidence(print, canonical, Same) };
        var relations = window.RelationsOf(number);
        if (!relations.TryGetValue(other, out var relation) || relation.Bond != CopyBond.Copy)
        {
            // Joined through another member: that one is the evidence.
            foreach (var member in texts)
            {
                if (relations.TryGetValue(member, out var found)
                    && found.Bond == CopyBond.Copy
                    && (relation is not { Bond: CopyBond.Copy } || found.Strength > relation.Strength))
                    (other, relation) = (member, found);
            }
        }

        if (relation is null)
            return decision with { Kind = CopyKind.Near };
        var exact = print.TextKey != 0 && print.TextKey == canonical.TextKey;
        var kind = exact ? CopyKind.Exact : VersionMark.Joins(print, canonical, relation.Passages) ? CopyKind.Version : CopyKind.Near;
        return decision with { Kind = kind, Similarity = exact ? 10_000 : relation.Strength, Evidence = Evidence(number, other, print, canonical, relation, exact) };
    }

    private CopyEvidence Evidence(int number, int other, Fingerprint print, Fingerprint canonical, CopyRelation relation, bool exact)
    {
        var first = window.Order.Compare(number, other) < 0;
        var p = relation.Passages;
        var (contained, contains) = first ? (p.ContainedA, p.ContainedB) : (p.ContainedB, p.ContainedA);
        // Of a family of equal texts the canonical article itself is named.
        var compared = window.Exact.LeaderOf(window.Articles.NumberOf(canonical.Document.Id)!.Value) == other ? canonical : window.Articles.Print(other);
        return Evidence(print, compared, new(
            "",
            exact ? "exact-text" : relation.Measure,
            exact ? 10_000 : relation.Score,
            exact ? 10_000 : relation.Threshold,
            CopyVerifier.Parts(contained),
            CopyVerifier.Parts(contains)));
    }

    private CopyEvidence Evidence(Fingerprint print, Fingerprint other, CopyEvidence figures)
    {
        var old = _published(print.Document.Id);
        var evidence = figures with { OtherId = other.Document.Id, Declared = print.Document.Declares == other.Document.Id, Agency = print.Agency, OtherAgency = other.Agency };
        if (old is not null
            && !window.WasReplaced(print.Document.Id)
            && !window.WasReplaced(other.Document.Id)
            && evidence == (old with { Passages = SharedPassages.None }))
            return old;
        var whole = print.TextKey == other.TextKey && print.Text.Count == other.Text.Count && print.Text.Count > 0;
        return evidence with { Passages = whole ? Whole(print, other) : _finder.Find(print, other, CopyEvidence.MaxPassages) };
    }

    private static SharedPassages Whole(Fingerprint print, Fingerprint other)
    {
        var ((start, end), (otherStart, otherEnd)) = (print.Text.Places.Extent, other.Text.Places.Extent);
        return [new(start, end - start, otherStart, otherEnd - otherStart)];
    }
}
