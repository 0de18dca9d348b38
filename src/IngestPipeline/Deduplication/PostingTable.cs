using System.Runtime.InteropServices;

namespace IngestPipeline.Deduplication;

/// <summary>
/// The articles of each key, in five bytes a posting. The upper half of a mixed key chooses one of 65,536 pages; a page holds the lower halves,
/// which a vectorised scan finds, and the articles' numbers of 24 bits. A page grows by an eighth, so that little of it is empty.
/// </summary>
internal sealed class PostingTable
{
    /// <summary>Articles that can be told apart.</summary>
    public const int MaxArticles = 1 << 24;

    private const int Pages = 1 << 16;
    private const uint Mixer = 0x9E3779B1;
    private const uint Unmixer = 0x0E8B2F51;

    // A page of capacity c: c lower halves of keys, c lower halves of numbers, then c bytes with the numbers' upper parts.
    private readonly ushort[]?[] _pages = new ushort[Pages][];
    private readonly int[] _counts = new int[Pages];

    /// <summary>The number of postings.</summary>
    public long Count { get; private set; }

    /// <summary>Bytes of the pages.</summary>
    public long Bytes => _pages.Sum(p => p is null ? 0L : (2L * p.Length) + 24) + (Pages * 12L);

    /// <summary>Adds an article to a key unless it is there; returns the number of the key's articles.</summary>
    public int Add(uint key, int article)
    {
        var (page, low) = Split(key);
        var count = _counts[page];
        var found = 0;
        if (count > 0)
        {
            var keys = _pages[page].AsSpan(0, count);
            for (var at = keys.IndexOf(low); at >= 0; at = Next(keys, low, at))
            {
                if (Article(_pages[page]!, at) == article)
                    return Rest(page, low, at, found);
                found++;
            }
        }

        if (_pages[page] is not { } entries || count == Capacity(entries))
            _pages[page] = Grow(_pages[page], count);
        Set(_pages[page]!, count, low, article);
        _counts[page] = count + 1;
        Count++;
        return found + 1;
    }

    /// <summary>Takes an article from a key; returns the number of articles that are left.</summary>
    public int Remove(uint key, int article)
    {
        var (page, low) = Split(key);
        var left = 0;
        for (var at = First(page, low); at >= 0; at = Next(_pages[page].AsSpan(0, _counts[page]), low, at))
        {
            if (Article(_pages[page]!, at) == article)
            {
                MoveLastTo(page, at);
                at--;
            }
            else
            {
                left++;
            }
        }

        return left;
    }

    /// <summary>Counts one for each article of the key.</summary>
    public void CountInto(uint key, ArticleCounter counter)
    {
        var (page, low) = Split(key);
        if (_counts[page] is var count && count == 0)
            return;
        var entries = _pages[page]!;
        var keys = entries.AsSpan(0, count);
        for (var at = keys.IndexOf(low); at >= 0; at = Next(keys, low, at))
            counter.Count(Article(entries, at));
    }

    /// <summary>The articles of a key, in no particular order.</summary>
    public void CopyTo(uint key, List<int> articles)
    {
        articles.Clear();
        var (page, low) = Split(key);
        for (var at = First(page, low); at >= 0; at = Next(_pages[page].AsSpan(0, _counts[page]), low, at))
            articles.Add(Article(_pages[page]!, at));
    }

    /// <summary>Takes out every article that is gone, and names the keys that lost one and have others.</summary>
    public void Sweep(Func<int, bool> isGone, HashSet<uint>? touched)
    {
        var swept = new HashSet<ushort>();
        for (var page = 0; page < Pages; page++)
        {
            swept.Clear();
            for (var at = _counts[page] - 1; at >= 0; at--)
            {
                if (!isGone(Article(_pages[page]!, at)))
                    continue;
                swept.Add(_pages[page]![at]);
                MoveLastTo(page, at);
            }

            foreach (var low in swept)
            {
                if (touched is not null && First(page, low) >= 0)
                    touched.Add((((uint)page << 16) | low) * Unmixer);
            }
        }
    }

    private static (int Page, ushort Low) Split(uint key)
    {
        var mixed = key * Mixer;
        return ((int)(mixed >> 16), (ushort)mixed);
    }

    private int First(int page, ushort low) => _counts[page] == 0 ? -1 : _pages[page].AsSpan(0, _counts[page]).IndexOf(low);

    private static int Next(Span<ushort> keys, ushort low, int at)
    {
        var next = keys[(at + 1)..].IndexOf(low);
        return next < 0 ? -1 : at + 1 + next;
    }

    // How many articles the key has, when the one at a place is there already and so many were met before it.
    private int Rest(int page, ushort low, int at, int found)
    {
        var keys = _pages[page].AsSpan(0, _counts[page]);
        for (; at >= 0; at = Next(keys, low, at))
            found++;
        return found;
    }

    private void MoveLastTo(int page, int at)
    {
        var entries = _pages[page]!;
        var last = --_counts[page];
        Count--;
        Set(entries, at, entries[last], Article(entries, last));
    }

    private static int Capacity(ushort[] entries) => entries.Length / 5 * 2;

    private static int Article(ushort[] entries, int at)
    {
        var capacity = Capacity(entries);
        return entries[capacity + at] | (MemoryMarshal.AsBytes(entries.AsSpan(2 * capacity))[at] << 16);
    }

    private static void Set(ushort[] entries, int at, ushort low, int article)
    {
        var capacity = Capacity(entries);
        entries[at] = low;
        entries[capacity + at] = (ushort)article;
        MemoryMarshal.AsBytes(entries.AsSpan(2 * capacity))[at] = (byte)(article >> 16);
    }

    private static ushort[] Grow(ushort[]? old, int count)
    {
        // Two entries take five of the page's units.
        var pairs = Math.Max(2, (count + (count / 8) + 3) / 2);
        var entries = new ushort[pairs * 5];
        for (var at = 0; at < count; at++)
            Set(entries, at, old![at], Article(old, at));
        return entries;
    }
}
