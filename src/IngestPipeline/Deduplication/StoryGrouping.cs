namespace IngestPipeline.Deduplication;

/// <summary>
/// Gathers reports into stories. Links are taken from the strongest down, and two sets are joined only when enough of the pairs across
/// them are related, so that a running topic does not become one story.
/// </summary>
internal sealed class StoryGrouping(StoryIndex stories, IComparer<int> order, CopyOptions options)
{
    /// <summary>
    /// The stories among the given reports, which are closed under <see cref="StoryIndex.RelationsOf"/> as far as <paramref name="members"/> go.
    /// </summary>
    public List<List<int>> Group(HashSet<int> members)
    {
        var links = new List<(int A, int B, int Cosine)>();
        var setOf = members.ToDictionary(m => m, m => m);
        var sets = members.ToDictionary(m => m, m => new List<int> { m });
        var across = members.ToDictionary(m => m, _ => new Dictionary<int, int>());
        foreach (var a in members)
        {
            foreach (var b in stories.RelationsOf(a).Keys)
            {
                if (!members.Contains(b) || stories.RelationOf(a, b) is not { } relation)
                    continue;
                across[a][b] = 1;
                if (relation.Joins && order.Compare(a, b) < 0)
                    links.Add((a, b, relation.Cosine));
            }
        }

        links.Sort((x, y) => y.Cosine.CompareTo(x.Cosine) is var c && c != 0 ? c : order.Compare(x.A, y.A) is var a && a != 0 ? a : order.Compare(x.B, y.B));
        foreach (var (a, b, _) in links)
        {
            var (into, from) = (setOf[a], setOf[b]);
            if (into == from || across[into].GetValueOrDefault(from) < options.StoryLinkedShare * sets[into].Count * sets[from].Count)
                continue;
            if (across[into].Count < across[from].Count)
                (into, from) = (from, into);
            foreach (var member in sets[from])
                setOf[member] = into;
            sets[into].AddRange(sets[from]);
            sets.Remove(from);
            across.Remove(from, out var moved);
            across[into].Remove(from);
            foreach (var (other, count) in moved!)
            {
                if (other == into)
                    continue;
                across[into][other] = across[into].GetValueOrDefault(other) + count;
                across[other][into] = across[other].GetValueOrDefault(into) + count;
                across[other].Remove(from);
            }
        }

        return [.. sets.Values];
    }
}
