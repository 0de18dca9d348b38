namespace IngestPipeline.Deduplication;

/// <summary>
/// Groups the articles of one connected component. Links are taken from the strongest down; two groups are joined only when enough of
/// the pairs across them are linked and none is apart, so that a chain of weak links does not merge two stories.
/// </summary>
internal static class CopyGrouping
{
    /// <summary>Share of the pairs across two groups that must be linked before they are joined.</summary>
    private const double LinkedShare = 0.3;

    /// <summary>Joins members along links. Members and links may come in any order; ties are broken by <paramref name="order"/>.</summary>
    public static List<List<int>> Group(
        IReadOnlyList<int> members, IEnumerable<(int A, int B, int Strength)> links, Func<int, int, CopyBond?> bond, IComparer<int> order)
    {
        var groupOf = members.ToDictionary(m => m, m => new List<int> { m });
        var sorted = links.Select(l => order.Compare(l.A, l.B) <= 0 ? l : (A: l.B, B: l.A, l.Strength)).ToList();
        sorted.Sort((x, y) =>
        {
            var byStrength = y.Strength.CompareTo(x.Strength);
            if (byStrength != 0)
                return byStrength;
            var byFirst = order.Compare(x.A, y.A);
            return byFirst != 0 ? byFirst : order.Compare(x.B, y.B);
        });

        foreach (var (a, b, _) in sorted)
        {
            var (first, second) = (groupOf[a], groupOf[b]);
            if (ReferenceEquals(first, second) || !MayJoin(first, second, bond))
                continue;
            if (first.Count < second.Count)
                (first, second) = (second, first);
            first.AddRange(second);
            foreach (var member in second)
                groupOf[member] = first;
        }

        return groupOf.Values.Distinct().ToList();
    }

    private static bool MayJoin(List<int> first, List<int> second, Func<int, int, CopyBond?> bond)
    {
        var linked = 0;
        foreach (var a in first)
        {
            foreach (var b in second)
            {
                switch (bond(a, b))
                {
                    case CopyBond.Copy:
                        linked++;
                        break;
                    case CopyBond.Apart:
                        return false;
                }
            }
        }

        return linked >= LinkedShare * first.Count * second.Count;
    }
}
