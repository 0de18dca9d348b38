namespace IngestPipeline.Deduplication;

/// <summary>Writes the decisions about one group of copies, each with its evidence.</summary>
internal sealed class DecisionMaker(CopyWindow window)
{
    private readonly PassageFinder _finder = new();

    /// <summary>The decision about an article that nobody else carries.</summary>
    public static CopyDecision Unique(string id) => new() { Id = id, CanonicalId = id, Kind = CopyKind.Unique, StoryId = id };

    /// <summary>The decisions about a group, that of the canonical article first; each is a story of its own as yet.</summary>
    /// <param name="group">The numbers of its articles.</param>
    /// <param name="anchor">The id of a canonical article that has left the window; null when the canonical article is in the group.</param>
    public IReadOnlyList<CopyDecision> Decide(List<int> group, string? anchor)
    {
        var decisions = new List<CopyDecision>(group.Count);
        var ranked = CanonicalChoice.Rank(group.Select(m => window.Prints[m]!));
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
                decision = Copy(decision, print, canonical, group);
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
        versions.Sort((x, y) => CopyWindow.Compare(ranked[x], ranked[y]));
        for (var i = 1; i < versions.Count; i++)
            decisions[versions[i]] = decisions[versions[i]] with { PreviousVersionId = decisions[versions[i - 1]].Id };
        decisions[versions[^1]] = decisions[versions[^1]] with { IsLatestVersion = true };
    }

    /// <summary>The evidence that an article tells another's report in other words.</summary>
    public CopyEvidence RewriteEvidence(int article, int report, int score, int threshold)
    {
        var passages = window.Relations[article].TryGetValue(report, out var relation) ? relation.Passages : default;
        var (contained, contains) = window.Order.Compare(article, report) < 0
            ? (passages.ContainedA, passages.ContainedB)
            : (passages.ContainedB, passages.ContainedA);
        var (print, other) = (window.Prints[article]!, window.Prints[report]!);
        return new(other.Document.Id, "words", score, threshold, CopyVerifier.Parts(contained), CopyVerifier.Parts(contains))
        {
            Passages = _finder.Find(print, other, CopyEvidence.MaxPassages),
            Agency = print.Agency,
            OtherAgency = other.Agency,
        };
    }

    private CopyDecision Copy(CopyDecision decision, Fingerprint print, Fingerprint canonical, List<int> group)
    {
        var number = window.NumberOf(print.Document.Id)!.Value;
        var relations = window.Relations[number];
        var other = window.NumberOf(canonical.Document.Id)!.Value;
        if (!relations.TryGetValue(other, out var relation) || relation.Bond != CopyBond.Copy)
        {
            // Joined through another member: that one is the evidence.
            var order = window.Order;
            foreach (var member in group.Order(order))
            {
                if (relations.TryGetValue(member, out var found) && found.Bond == CopyBond.Copy && (relation is not { Bond: CopyBond.Copy } || found.Strength > relation.Strength))
                    (other, relation) = (member, found);
            }
        }

        if (relation is null)
            return decision with { Kind = CopyKind.Near };
        var exact = print.TextKey != 0 && print.TextKey == canonical.TextKey;
        var kind = exact ? CopyKind.Exact : VersionMark.Joins(print, canonical, relation.Passages) ? CopyKind.Version : CopyKind.Near;
        return decision with { Kind = kind, Similarity = exact ? 10_000 : relation.Strength, Evidence = Evidence(number, other, relation, exact) };
    }

    private CopyEvidence Evidence(int number, int other, CopyRelation relation, bool exact)
    {
        var first = window.Order.Compare(number, other) < 0;
        var p = relation.Passages;
        var (contained, contains) = first ? (p.ContainedA, p.ContainedB) : (p.ContainedB, p.ContainedA);
        var (print, compared) = (window.Prints[number]!, window.Prints[other]!);
        return new(
            compared.Document.Id,
            exact ? "exact-text" : relation.Measure,
            exact ? 10_000 : relation.Score,
            exact ? 10_000 : relation.Threshold,
            CopyVerifier.Parts(contained),
            CopyVerifier.Parts(contains))
        {
            Passages = exact && print.Text.Count == compared.Text.Count ? Whole(print, compared) : _finder.Find(print, compared, CopyEvidence.MaxPassages),
            Agency = print.Agency,
            OtherAgency = compared.Agency,
        };
    }

    private static SharedPassages Whole(Fingerprint print, Fingerprint other)
    {
        var (start, otherStart) = (print.Text.Starts[0], other.Text.Starts[0]);
        return [new(start, print.Text.Ends[^1] - start, otherStart, other.Text.Ends[^1] - otherStart)];
    }
}
