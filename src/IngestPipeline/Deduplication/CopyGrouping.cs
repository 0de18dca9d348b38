using System.Numerics;

namespace IngestPipeline.Deduplication;

/// <summary>
/// Groups the articles of one connected component. Links are taken from the strongest down; two groups are joined only when enough of
/// the pairs across them are linked and none is apart, so that a chain of weak links does not merge two stories.
/// </summary>
internal sealed class CopyGrouping(CopyWindow window, CopyOptions options)
{
    /// <summary>Share of the pairs across two groups that must be linked before they are joined.</summary>
    private const double LinkedShare = 0.3;

    private readonly IComparer<int> _order = window.Order;

    /// <summary>The groups of the given articles, in no particular order.</summary>
    public List<List<int>> Group(List<int> members)
    {
        var digests = members.Where(IsDigest).ToHashSet();
        var links = new List<(int A, int B, CopyRelation Relation)>();
        foreach (var a in members)
        {
            foreach (var (b, relation) in window.RelationsOf(a))
            {
                if (_order.Compare(a, b) < 0 && relation.Bond == CopyBond.Copy && (IsSameDigest(relation) || !(digests.Contains(a) || digests.Contains(b))))
                    links.Add((a, b, relation));
            }
        }

        links.Sort(ByStrength);
        var groupOf = members.ToDictionary(m => m, m => new List<int> { m });
        foreach (var (a, b, relation) in links)
        {
            var (first, second) = (groupOf[a], groupOf[b]);
            if (ReferenceEquals(first, second) || !MayJoin(first, second, a, b, relation) || IsTwoReports(a, first, b) || IsTwoReports(b, second, a))
                continue;
            if (first.Count < second.Count)
                (first, second) = (second, first);
            first.AddRange(second);
            foreach (var member in second)
                groupOf[member] = first;
        }

        return groupOf.Values.Distinct().ToList();
    }

    private int ByStrength((int A, int B, CopyRelation Relation) x, (int A, int B, CopyRelation Relation) y)
    {
        var byStrength = y.Relation.Strength.CompareTo(x.Relation.Strength);
        if (byStrength != 0)
            return byStrength;
        var byFirst = _order.Compare(x.A, y.A);
        return byFirst != 0 ? byFirst : _order.Compare(x.B, y.B);
    }

    private bool MayJoin(List<int> first, List<int> second, int a, int b, CopyRelation relation)
    {
        var linked = 0;
        foreach (var x in first)
        {
            var relationsOfX = window.RelationsOf(x);
            foreach (var y in second)
            {
                if (!relationsOfX.TryGetValue(y, out var across))
                    continue;
                if (across.Bond == CopyBond.Apart)
                    return false;
                if (across.Bond == CopyBond.Copy)
                    linked++;
            }
        }

        return linked >= LinkedShare * first.Count * second.Count || IsVersionStep(first, second, a, b, relation) || IsCut(first, second, a, b, relation);
    }

    // An agency rewrites a running story many times a day: the last version shares little with the first, and each step shares much.
    private bool IsVersionStep(List<int> first, List<int> second, int a, int b, CopyRelation relation)
    {
        if (relation.Measure != "containment" || !IsWithinVersionHours(a, b))
            return false;
        var agencies = first.Select(m => window.Articles.Print(m).Agency).Where(agency => agency is not null).ToHashSet();
        return agencies.Count > 0 && second.Exists(m => agencies.Contains(window.Articles.Print(m).Agency));
    }

    private bool IsWithinVersionHours(int a, int b) =>
        window.Articles.Print(a).Document.FirstSeen is { } at
            && window.Articles.Print(b).Document.FirstSeen is { } other
            && Math.Abs((at - other).TotalHours) <= options.VersionHours;

    // Two takes of one agency's report may share nothing, and a page has both; so may captions and their report.
    private bool IsRunning(int a, int b) =>
        (window.Articles.Print(a).Agency is { } agency && agency == window.Articles.Print(b).Agency && IsWithinVersionHours(a, b))
            || window.Stories.RelationOf(a, b) is not null;

    // A page that holds two reports goes with the one that it shares most with, and does not bring the other along: a whole report stands in the
    // page beside another one, and the two are no copies of each other.
    private bool IsTwoReports(int page, List<int> group, int report)
    {
        if (window.RelationsOf(page).GetValueOrDefault(report) is not { } own || !IsPart(page, report, own))
            return false;
        foreach (var other in group)
        {
            if (other != page && window.RelationsOf(page).TryGetValue(other, out var relation) && IsPart(page, other, relation)
                && AreBeside(Coverage(page, report, own), Coverage(page, other, relation))
                && window.RelationsOf(report).GetValueOrDefault(other)?.Bond != CopyBond.Copy
                && !IsRunning(report, other))
                return true;
        }

        return false;
    }

    // Both make up most of the page, and hardly overlap.
    private static bool AreBeside(ulong a, ulong b) =>
        BitOperations.PopCount(a | b) >= 40 && BitOperations.PopCount(a & b) <= Math.Max(1, Math.Min(BitOperations.PopCount(a), BitOperations.PopCount(b)) / 8);

    // True for a report that stands in the page from its beginning on, and is a part of it.
    private bool IsPart(int page, int report, CopyRelation relation)
    {
        var (head, contained) =
            IsFirst(page, report) ? (relation.Passages.HeadB, relation.Passages.ContainedB) : (relation.Passages.HeadA, relation.Passages.ContainedA);
        return head >= 0.5 && contained >= options.CutContainment && BitOperations.PopCount(Coverage(page, report, relation)) >= 4;
    }

    private ulong Coverage(int article, int other, CopyRelation relation) =>
        IsFirst(article, other) ? relation.Passages.CoverageA : relation.Passages.CoverageB;

    // A text that stands nearly whole in another one belongs to it, whatever the other's copies left out.
    private bool IsCut(List<int> first, List<int> second, int a, int b, CopyRelation relation)
    {
        return (Contained(a, b, relation) >= options.CutContainment && IsOneText(first.Contains(a) ? first : second))
            || (Contained(b, a, relation) >= options.CutContainment && IsOneText(first.Contains(b) ? first : second));
    }

    private bool IsOneText(List<int> group) => group.TrueForAll(m => window.Articles.Print(m).TextKey == window.Articles.Print(group[0]).TextKey);

    // A digest holds the beginnings of reports that share nothing with each other.
    private bool IsDigest(int article)
    {
        if (window.RelationsOf(article).Any(r => r.Value.Bond == CopyBond.Copy && Contained(article, r.Key, r.Value) >= 0.5))
            return false;
        var parts = new List<(int Other, ulong Coverage)>();
        foreach (var (other, relation) in window.RelationsOf(article))
        {
            var p = relation.Passages;
            var (coverage, head, contained) = IsFirst(article, other) ? (p.CoverageA, p.HeadB, p.ContainedA) : (p.CoverageB, p.HeadA, p.ContainedB);
            if (relation.Bond != CopyBond.Apart && head >= 0.5 && contained < 0.5 && BitOperations.PopCount(coverage) >= 4
                && p.LongestRun >= 20 * Fingerprint.FullWeight)
                parts.Add((other, coverage));
        }

        for (var i = 0; i < parts.Count; i++)
        {
            for (var j = i + 1; j < parts.Count; j++)
            {
                if (BitOperations.PopCount(parts[i].Coverage & parts[j].Coverage) <= 1 && !window.RelationsOf(parts[i].Other).ContainsKey(parts[j].Other))
                    return true;
            }
        }

        return false;
    }

    private bool IsFirst(int article, int other) => _order.Compare(article, other) < 0;

    private double Contained(int article, int other, CopyRelation relation) =>
        IsFirst(article, other) ? relation.Passages.ContainedA : relation.Passages.ContainedB;

    private static bool IsSameDigest(CopyRelation relation) =>
        Math.Min(relation.Passages.ContainedA, relation.Passages.ContainedB) >= 0.75;
}
