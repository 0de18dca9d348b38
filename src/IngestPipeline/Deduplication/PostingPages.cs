using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace IngestPipeline.Deduplication;

/// <summary>
/// The articles of each key, in some four bytes a posting. The upper bits of a mixed key choose a page, the next eight a bucket in it, and of the rest
/// the page keeps eight: keys that agree in all of these pass for one.
/// </summary>
/// <param name="pageBits">Bits that choose a page, 18 at most; from 16 on all keys are told apart.</param>
internal sealed class PostingPages(int pageBits)
{
    /// <summary>Bits from which on all keys are told apart.</summary>
    public const int AllBits = 16;

    private const int KeyBits = 32;
    private const uint Mixer = 0x9E3779B1;
    private const uint Unmixer = 0x0E8B2F51;

    private readonly PostingMemory _pages = new(1 << pageBits);

    /// <summary>The number of postings.</summary>
    public long Count { get; private set; }

    /// <summary>Bytes of the pages.</summary>
    public long Bytes => _pages.Bytes;

    /// <summary>Adds an article to a key unless it is there; returns the number of the key's articles.</summary>
    /// <param name="key">The key.</param>
    /// <param name="article">The article.</param>
    /// <param name="others">Gets the key's other articles; null when nobody asks for them.</param>
    public int Add(uint key, int article, List<int>? others)
    {
        var (number, bucket, low) = Split(key);
        var postings = PostingPage.Bucket(PageFor(number), bucket);
        var (found, isThere) = (0, false);
        for (var at = postings.Next(low, -1); at >= 0; at = postings.Next(low, at))
        {
            found++;
            var other = postings.Article(at);
            isThere |= other == article;
            if (other != article)
                others?.Add(other);
        }

        if (!isThere)
            Insert(number, bucket, postings.End, low, article);
        GC.KeepAlive(_pages);
        return isThere ? found : found + 1;
    }

    /// <summary>Adds an article to a key that does not have it.</summary>
    public void Append(uint key, int article)
    {
        var (number, bucket, low) = Split(key);
        Insert(number, bucket, PostingPage.Bucket(PageFor(number), bucket).End, low, article);
    }

    private Span<byte> PageFor(int number)
    {
        if (_pages[number] is { IsEmpty: false } page)
            return page;
        var made = PostingMemory.Make(PostingPage.BytesOf(1));
        made.Clear();
        _pages.Replace(number, made);
        return made;
    }

    private void Insert(int number, int bucket, int at, byte low, int article)
    {
        var page = _pages[number];
        ref var count = ref _pages.PostingsOf(number);
        if (count == PostingPage.Capacity(page))
        {
            var grown = PostingMemory.Make(PostingPage.BytesOf(count + (count / 16) + 1));
            PostingPage.Grow(page, count, grown);
            _pages.Replace(number, grown);
            page = grown;
        }

        PostingPage.Insert(page, count, bucket, at, low, article);
        count++;
        Count++;
        GC.KeepAlive(_pages);
    }

    /// <summary>Asks for the pages of keys that will be looked up, all at once: one after the other each would be waited for.</summary>
    public void Fetch(ReadOnlySpan<uint> keys)
    {
        foreach (var key in keys)
        {
            var (number, bucket, _) = Split(key);
            if (_pages[number] is { IsEmpty: false } page)
                PostingPage.Fetch(page, bucket, _pages.PostingsOf(number));
        }
    }

    /// <summary>Parts of the table that know nothing of each other: pages that agree in the upper bits.</summary>
    public int Parts => 1 << PartBits;

    // A part has 256 pages at most, which one pass puts in order.
    private int PartBits => Math.Max(Math.Min(8, pageBits), pageBits - 8);

    /// <summary>A key as the table reads it.</summary>
    public static uint Mix(uint key) => key * Mixer;

    /// <summary>The key that was mixed.</summary>
    public static uint Unmix(uint mixed) => mixed * Unmixer;

    /// <summary>The part in which a posting stands, the mixed key in its upper half.</summary>
    public int PartOf(ulong posting) => (int)(posting >> ((2 * KeyBits) - PartBits));

    /// <summary>Adds postings of which none is there: each page is made anew once.</summary>
    /// <param name="parts">Of each part its postings, the mixed key in the upper half and the article in the lower.</param>
    public void AddAll(IReadOnlyList<List<ulong>> parts)
    {
        Parallel.ForEach(Partitioner.Create(0, Parts), range =>
        {
            var order = new PostingOrder();
            for (var part = range.Item1; part < range.Item2; part++)
                AddAll(order.Order(CollectionsMarshal.AsSpan(parts[part]), BucketShift));
        });
        Count += parts.Sum(p => (long)p.Count);
    }

    /// <summary>Adds the postings of a run, of which none is there.</summary>
    public void AddAll(PostingRun run)
    {
        var order = new PostingOrder();
        for (var part = 0; part < Parts; part++)
            AddAll(order.Order(run.Part(part, PartBits), BucketShift));
        Count += run.Count;
    }

    private void AddAll(ReadOnlySpan<ulong> ordered)
    {
        for (int start = 0, end; start < ordered.Length; start = end)
        {
            var page = PageOf(ordered[start]);
            for (end = start + 1; end < ordered.Length && PageOf(ordered[end]) == page;)
                end++;
            var merged = PostingMemory.Make(PostingPage.BytesOf(_pages.PostingsOf(page) + end - start));
            PostingPage.Merge(_pages[page], ordered[start..end], BucketShift, merged);
            _pages.Replace(page, merged);
            _pages.PostingsOf(page) += end - start;
        }
    }

    // Of a posting with its mixed key in the upper half.
    private int BucketShift => (2 * KeyBits) - pageBits - 8;

    private int PageOf(ulong posting) => (int)(posting >> ((2 * KeyBits) - pageBits));

    /// <summary>Takes an article from a key; returns the number of articles that are left.</summary>
    public int Remove(uint key, int article)
    {
        var (number, bucket, low) = Split(key);
        if (_pages[number] is not { IsEmpty: false } page)
            return 0;
        var postings = PostingPage.Bucket(page, bucket);
        var (left, place) = (0, -1);
        for (var at = postings.Next(low, -1); at >= 0; at = postings.Next(low, at))
        {
            if (postings.Article(at) == article)
                place = postings.Start + at;
            else
                left++;
        }

        if (place >= 0)
        {
            PostingPage.RemoveAt(page, _pages.PostingsOf(number)--, bucket, place);
            Count--;
        }

        GC.KeepAlive(_pages);
        return left;
    }

    /// <summary>Adds the articles of a key to a list, where one is given; returns how many the key has.</summary>
    /// <param name="key">The key.</param>
    /// <param name="articles">The list.</param>
    public int AddTo(uint key, List<int>? articles)
    {
        var (number, bucket, low) = Split(key);
        var found = _pages[number] is { IsEmpty: false } page ? PostingPage.Bucket(page, bucket).AddTo(low, articles) : 0;
        GC.KeepAlive(_pages);
        return found;
    }

    /// <summary>Takes out every article that is gone, and names the keys that lost one and have others; those only where all keys are told apart.</summary>
    public void Sweep(Func<int, bool> isGone, HashSet<uint>? touched)
    {
        var swept = new HashSet<ushort>();
        for (var number = 0; number < _pages.Count; number++)
        {
            if (_pages[number] is not { IsEmpty: false } page)
                continue;
            swept.Clear();
            var left = PostingPage.Sweep(page, isGone, swept);
            Count -= _pages.PostingsOf(number) - left;
            _pages.PostingsOf(number) = left;
            if (left == 0)
            {
                // Of a small window other articles' keys are in other pages: in time it would hold all.
                _pages.Replace(number, default);
                continue;
            }

            if (touched is null)
                continue;
            foreach (var rest in swept)
            {
                if (PostingPage.Bucket(page, rest >> 8).Next((byte)rest, -1) >= 0)
                    touched.Add(Unmix(((uint)number << (KeyBits - pageBits)) | ((uint)rest >> (pageBits - AllBits))));
            }
        }
    }

    private (int Page, int Bucket, byte Low) Split(uint key)
    {
        var mixed = Mix(key);
        var rest = mixed << pageBits;
        return ((int)(mixed >> (KeyBits - pageBits)), (int)(rest >> 24), (byte)(rest >> 16));
    }
}
