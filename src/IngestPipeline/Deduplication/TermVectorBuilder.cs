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

    private static readonly TermVector Empty = new([], [], []);

    private static readonly int[] LogTable = MakeLogTable();

    private readonly List<ulong> _top = [];
    private readonly List<int> _used = [];
    private readonly int[] _histogram = new int[512];
    // Of no text are more terms counted than fill it to four fifths.
    private readonly Entry[] _table = new Entry[1 << 11];

    private struct Entry
    {
        public uint Term;
        public ushort Halves;
        public byte Rarity;
        public bool Name;
    }

    /// <summary>The vector of an article; the headline, the lead and names count more. Empty when its language is not known.</summary>
    public TermVector Build(Fingerprint print)
    {
        Count(print.OwnText(MaxTokens), null, LeadTokens, 2, 3);
        Count(print.Title, null, 0, 4, 4);
        var (known, all) = Weigh(isMeasured: true);
        if (known >= BackgroundWords.LeastKnown * all)
            return Take();
        _top.Clear();
        return TermLanguages.Of(print) is { } language ? Estimate(print, language) : Empty;
    }

    private TermVector Estimate(Fingerprint print, TermLanguage language)
    {
        var body = language.Read(print.Text, print.OwnTokens(MaxTokens * language.TokensOfWord));
        var title = language.Read(print.Title);
        Count(body.Text, body.Rarities, LeadTokens * language.TokensOfWord, 2, 3);
        Count(title.Text, title.Rarities, 0, 4, 4);
        Weigh(isMeasured: false);
        return Take();
    }

    // How many of the words are known, and how many there are.
    private (int Known, int All) Weigh(bool isMeasured)
    {
        int known = 0, all = 0;
        foreach (var at in _used)
        {
            ref var entry = ref _table[at];
            var rarity = (isMeasured ? BackgroundWords.Rarity(entry.Term) : entry.Rarity) - LeastRarity;
            all += entry.Halves;
            known += rarity < BackgroundWords.Rare - LeastRarity ? entry.Halves : 0;
            if (rarity > 0)
            {
                var weight = LogTable[Math.Min(entry.Halves, LogTable.Length - 1)] * rarity * (entry.Name ? 3 : 2);
                // The greatest weight first; of equal weights the lower hash.
                _top.Add(~(((ulong)weight << 32) | ~entry.Term));
            }

            entry = default;
        }

        _used.Clear();
        return (known, all);
    }

    private TermVector Take()
    {
        SortWeightiest();
        var top = CollectionsMarshal.AsSpan(_top)[..Math.Min(MaxTerms, _top.Count)];
        var keys = new uint[Math.Min(MaxKeys, top.Length)];
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
        top.Sort();
        var (terms, weights) = (new uint[top.Length], new int[top.Length]);
        for (var i = 0; i < top.Length; i++)
        {
            terms[i] = (uint)(top[i] >> 32);
            weights[i] = (int)Math.Round((int)(uint)top[i] / length * TermVector.Scale);
        }

        _top.Clear();
        return new(terms, weights, keys);
    }

    // Only the weightiest need their order: the others are left out by a histogram of the weights first.
    private void SortWeightiest()
    {
        if (_top.Count > MaxTerms)
        {
            Array.Clear(_histogram);
            foreach (var place in _top)
                _histogram[Bin(place)]++;
            int last = -1, count = 0;
            while (count < MaxTerms)
                count += _histogram[++last];
            _top.RemoveAll(place => Bin(place) > last);
        }

        _top.Sort();
    }

    // Ascending as the places are: the greatest weight first.
    private int Bin(ulong place) => Math.Max(0, _histogram.Length - 1 - (int)(~place >> (32 + WeightBits)));

    private void Count(TokenizedText text, byte[]? rarities, int lead, int weight, int leadWeight)
    {
        var mask = _table.Length - 1;
        var count = Math.Min(text.Count, rarities is null ? MaxTokens : MaxEstimated);
        for (var i = 0; i < count; i++)
        {
            var term = text.Hashes[i];
            var at = (int)term & mask;
            while (_table[at].Halves != 0 && _table[at].Term != term)
                at = (at + 1) & mask;
            ref var entry = ref _table[at];
            if (entry.Halves == 0)
            {
                entry.Term = term;
                _used.Add(at);
                if (rarities is null)
                    BackgroundWords.Fetch(term);
                else
                    entry.Rarity = rarities[i];
            }

            entry.Halves = (ushort)Math.Min(ushort.MaxValue, entry.Halves + (i < lead ? leadWeight : weight));
            entry.Name |= (text.Kinds[i] & (TokenKinds.Capital | TokenKinds.SentenceStart)) == TokenKinds.Capital;
        }
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
