using IngestPipeline.Deduplication;

namespace IngestPipeline.Benchmarks;

/// <summary>
/// Plain MinHash with locality-sensitive hashing as text-dedup and datasketch do it: 128 permutations (a·x + b) mod (2⁶¹ − 1) in exact
/// arithmetic over 32-bit hashes of word 5-grams, 25 bands of 5 rows (what datasketch takes for a threshold of 0.5), candidates verified by the
/// exact Jaccard similarity of their shingles ≥ 0.5, groups by union-find.
/// </summary>
internal sealed class MinHashLsh
{
    private const int Permutations = 128;
    private const int Bands = 25;
    private const int Rows = 5;
    private const double Threshold = 0.5;
    private const ulong Mersenne = (1UL << 61) - 1;

    private readonly ulong[] _a = new ulong[Permutations];
    private readonly ulong[] _b = new ulong[Permutations];

    public MinHashLsh()
    {
        var random = new Random(1);
        for (var i = 0; i < Permutations; i++)
        {
            _a[i] = (ulong)random.NextInt64(1, (long)Mersenne);
            _b[i] = (ulong)random.NextInt64(0, (long)Mersenne);
        }
    }

    /// <summary>The group of each document, as the number of one of its members.</summary>
    public int[] Group(IReadOnlyList<CopyDocument> documents)
    {
        var parents = Enumerable.Range(0, documents.Count).ToArray();
        var shingles = new HashSet<uint>[documents.Count];
        var tables = Enumerable.Range(0, Bands).Select(_ => new Dictionary<ulong, List<int>>()).ToArray();
        var hashes = new List<ulong>();
        var signature = new uint[Permutations];
        for (var d = 0; d < documents.Count; d++)
        {
            Yardsticks.ShingleHashes(documents[d], hashes);
            shingles[d] = [.. hashes.Select(h => (uint)h)];
            if (shingles[d].Count == 0)
                continue;
            Sign(shingles[d], signature);
            for (var band = 0; band < Bands; band++)
                Join(d, tables[band], BandKey(signature, band), shingles, parents);
        }
        return [.. parents.Select((_, d) => Root(parents, d))];
    }

    private static void Join(int document, Dictionary<ulong, List<int>> table, ulong key, HashSet<uint>[] shingles, int[] parents)
    {
        if (!table.TryGetValue(key, out var there))
            table[key] = there = [];
        foreach (var other in there)
        {
            if (Root(parents, other) != Root(parents, document) && Jaccard(shingles[other], shingles[document]) >= Threshold)
                parents[Root(parents, document)] = Root(parents, other);
        }
        there.Add(document);
    }

    private static int Root(int[] parents, int at)
    {
        while (parents[at] != at)
            at = parents[at] = parents[parents[at]];
        return at;
    }

    private static double Jaccard(HashSet<uint> a, HashSet<uint> b)
    {
        var (small, large) = a.Count < b.Count ? (a, b) : (b, a);
        var both = small.Count(large.Contains);
        return (double)both / (a.Count + b.Count - both);
    }

    private static ulong BandKey(uint[] signature, int band)
    {
        var key = 14695981039346656037UL;
        for (var row = 0; row < Rows; row++)
            key = (key ^ signature[band * Rows + row]) * 1099511628211UL;
        return key;
    }

    private void Sign(HashSet<uint> shingles, uint[] signature)
    {
        Array.Fill(signature, uint.MaxValue);
        foreach (var shingle in shingles)
        {
            for (var i = 0; i < Permutations; i++)
            {
                var high = Math.BigMul(_a[i], shingle, out var low);
                // x mod 2⁶¹ − 1 by adding the parts above and below bit 61, twice, since a sum may pass the modulus once.
                var sum = (low & Mersenne) + ((high << 3) | (low >> 61)) + _b[i];
                sum = (sum & Mersenne) + (sum >> 61);
                if (sum >= Mersenne)
                    sum -= Mersenne;
                signature[i] = Math.Min(signature[i], (uint)sum);
            }
        }
    }
}
