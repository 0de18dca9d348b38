using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IngestPipeline.Deduplication;

/// <summary>Weighs the words of articles: tf-idf with logarithmic counts, in whole numbers. Reuses its tables; not safe for two threads.</summary>
internal sealed class TermVectorBuilder
{
    /// <summary>Words that make a vector.</summary>
    private const int MaxTerms = 50;

    /// <summary>Words by which a report is found.</summary>
    private const int MaxKeys = 16;

    /// <summary>Words less rare than this say nothing of the event, in sixteenths of a bit.</summary>
    private const int LeastRarity = 2 * 16;

    /// <summary>Tokens at the head of a text, which say what it is about and count half as much again.</summary>
    private const int LeadTokens = 100;

    /// <summary>Tokens of a text that are weighed: a report tells its event first and the background after.</summary>
    private const int MaxTokens = 400;

    /// <summary>As <see cref="MaxTokens"/> where rarities are estimated and a token may be one character.</summary>
    private const int MaxEstimated = 2 * MaxTokens;

    /// <summary>Bits of a weight that the histogram does not tell apart.</summary>
    private const int WeightBits = 8;

    private const int Places = 1 << 11;
    private const int HalvesBits = 32;
    private const int RarityBits = 48;
    private const int NameBit = 56;

    private static readonly TermVector Empty = new([], [], []);

    private static readonly int[] LogTable = MakeLogTable();

    private readonly int[] _histogram = new int[512];

    // A term in the lower half, and above it what is counted in halves, the rarity where it is estimated, and whether it is a name. Of no text are more terms
    // counted than fill it to four fifths.
    private readonly ulong[] _table = new ulong[Places];
    private readonly int[] _used = new int[Places];
    private readonly ulong[] _top = new ulong[Places];
    private int _usedCount;
    private int _topCount;

    /// <summary>The vector of an article; the headline, the lead and names count more. Empty when its language is not known.</summary>
    public TermVector Build(Fingerprint print)
    {
        Count(print.OwnText(MaxTokens), null, LeadTokens, 2, 3);
        Count(print.Title, null, 0, 4, 4);
        var (known, all) = Weigh(isMeasured: true);
        if (known >= BackgroundWords.LeastKnown * all)
            return Take(print.Memory);
        _topCount = 0;
        return TermLanguages.Of(print) is { } language ? Estimate(print, language) : Empty;
    }

    private TermVector Estimate(Fingerprint print, TermLanguage language)
    {
        var body = language.Read(print.Text, print.OwnTokens(MaxTokens * language.TokensOfWord));
        var title = language.Read(print.Title);
        Count(body.Text, body.Rarities, LeadTokens * language.TokensOfWord, 2, 3);
        Count(title.Text, title.Rarities, 0, 4, 4);
        Weigh(isMeasured: false);
        return Take(print.Memory);
    }

    // How many of the words are known, and how many there are.
    private (int Known, int All) Weigh(bool isMeasured)
    {
        int known = 0, all = 0;
        foreach (var at in _used.AsSpan(0, _usedCount))
        {
            var entry = _table[at];
            _table[at] = 0;
            var halves = (int)(ushort)(entry >> HalvesBits);
            var rarity = (isMeasured ? BackgroundWords.Rarity((uint)entry) : (byte)(entry >> RarityBits)) - LeastRarity;
            all += halves;
            known += rarity < BackgroundWords.Rare - LeastRarity ? halves : 0;
            var weight = LogTable[Math.Min(halves, LogTable.Length - 1)] * rarity * (2 + (int)(entry >> NameBit));
            // The greatest weight first; of equal weights the lower hash. Written in any case: whether it stays is foreseen badly.
            _top[_topCount] = ~(((ulong)(uint)weight << 32) | ~(uint)entry);
            _topCount += rarity > 0 ? 1 : 0;
        }

        _usedCount = 0;
        return (known, all);
    }

    private TermVector Take(TextMemory? memory)
    {
        var top = Weightiest();
        var keys = (stackalloc uint[MaxKeys])[..Math.Min(MaxKeys, top.Length)];
        var squares = 0.0;
        for (var i = 0; i < top.Length; i++)
        {
            var place = ~top[i];
            var (term, weight) = (~(uint)place, (int)(place >> 32));
            if (i < keys.Length)
                keys[i] = term;
            squares += (double)weight * weight;
            top[i] = ((ulong)term << 32) | (uint)weight;
        }

        var length = Math.Sqrt(squares);
        RankSort.Sort(top);
        var terms = (stackalloc uint[MaxTerms])[..top.Length];
        var weights = (stackalloc ushort[MaxTerms])[..top.Length];
        for (var i = 0; i < top.Length; i++)
        {
            terms[i] = (uint)(top[i] >> 32);
            weights[i] = (ushort)Math.Round((int)(uint)top[i] / length * TermVector.Scale);
        }

        _topCount = 0;
        return new(terms, weights, keys, memory);
    }

    // Only the weightiest need their order: the others are left out by a histogram of the weights first.
    private Span<ulong> Weightiest()
    {
        var top = _top.AsSpan(0, _topCount);
        if (top.Length > MaxTerms)
        {
            Array.Clear(_histogram);
            foreach (var place in top)
                _histogram[Bin(place)]++;
            int last = -1, count = 0;
            while (count < MaxTerms)
                count += _histogram[++last];
            var kept = 0;
            foreach (var place in top)
            {
                top[kept] = place;
                kept += Bin(place) <= last ? 1 : 0;
            }

            top = top[..kept];
        }

        RankSort.Sort(top);
        return top[..Math.Min(MaxTerms, top.Length)];
    }

    // Ascending as the places are: the greatest weight first.
    private int Bin(ulong place) => Math.Max(0, _histogram.Length - 1 - (int)(~place >> (32 + WeightBits)));

    private void Count(TokenizedText text, byte[]? rarities, int lead, int weight, int leadWeight)
    {
        var count = Math.Min(text.Count, rarities is null ? MaxTokens : MaxEstimated);
        lead = Math.Min(lead, count);
        Add(text, rarities, 0, lead, leadWeight);
        Add(text, rarities, lead, count, weight);
    }

    private void Add(TokenizedText text, byte[]? rarities, int start, int end, int weight)
    {
        var usedCount = _usedCount;
        // Without checks of bounds: the places are less than the tables are long by their mask, and of no text are more terms counted.
        ref var table = ref MemoryMarshal.GetArrayDataReference(_table);
        ref var used = ref MemoryMarshal.GetArrayDataReference(_used);
        var hashes = text.Hashes;
        var kinds = text.Kinds;
        for (var i = start; i < end; i++)
        {
            var term = hashes[i];
            var at = term & (Places - 1);
            var entry = Unsafe.Add(ref table, at);
            while (entry != 0 && (uint)entry != term)
                entry = Unsafe.Add(ref table, at = (at + 1) & (Places - 1));
            Unsafe.Add(ref used, usedCount) = (int)at;
            // No branch for a new term: whether it is one is foreseen badly.
            usedCount += entry == 0 ? 1 : 0;
            if (rarities is null)
                BackgroundWords.Fetch(term);
            else if (entry == 0)
                entry = (ulong)rarities[i] << RarityBits;
            var isName = (kinds[i] & (TokenKinds.Capital | TokenKinds.SentenceStart)) == TokenKinds.Capital;
            Unsafe.Add(ref table, at) = (entry | term | ((isName ? 1UL : 0) << NameBit)) + ((ulong)(uint)weight << HalvesBits);
        }

        _usedCount = usedCount;
    }

    // 1 + log₂ of the count, in 1/64; counts come in halves.
    private static int[] MakeLogTable()
    {
        var table = new int[2048];
        for (var halves = 1; halves < table.Length; halves++)
            table[halves] = (int)Math.Round(64 * (1 + Math.Log2(halves / 2.0)));
        return table;
    }
}
