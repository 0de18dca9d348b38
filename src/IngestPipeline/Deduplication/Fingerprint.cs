using System.Buffers;
using System.Numerics;

namespace IngestPipeline.Deduplication;

/// <summary>What is kept of an article for comparing it: hashes of its words, and its anchors.</summary>
internal sealed class Fingerprint
{
    /// <summary>The weight of a shingle that its site does not repeat.</summary>
    public const byte FullWeight = 4;

    /// <summary>Texts of fewer tokens hold no more than a teaser.</summary>
    private const int ThinBelow = 60;

    private static readonly byte[] Full = MakeFull();

    private byte[] _weights = Full;
    // What follows is worked out when it is first asked for: a text that was read back is compared, and mostly no more is asked of it.
    private TokenizedText? _title;
    private TextPlace _anchors;
    private int _anchorCount = -1;
    private uint[]? _distinct;

    /// <summary>Reads an article.</summary>
    /// <param name="document">The article.</param>
    /// <param name="memory">Where its words are kept; null for memory of their own.</param>
    public Fingerprint(CopyDocument document, TextMemory? memory = null)
        : this(document with { Text = "" }, TextKeys.OfContent(document.Text), TokenizedText.From(document.Text, memory), AgencyCredit.Of(document), memory)
    {
    }

    /// <summary>An article that was read before.</summary>
    /// <param name="document">The article without its text: that is large, and what is compared are its words.</param>
    /// <param name="contentKey">See <see cref="ContentKey"/>.</param>
    /// <param name="text">The words of its text.</param>
    /// <param name="agency">See <see cref="Agency"/>.</param>
    /// <param name="memory">Where more of it is kept; null for memory of its own.</param>
    public Fingerprint(CopyDocument document, ulong contentKey, TokenizedText text, string? agency, TextMemory? memory = null)
    {
        Memory = memory;
        Document = document;
        ContentKey = contentKey;
        Text = text;
        Agency = agency;
        ShingleCount = Shingles.CountOf(Text.Count);
        IsThin = document.HeadlineOnly || Text.Count < ThinBelow;
        TotalWeight = ShingleCount * FullWeight;
    }

    /// <summary>Where more of it is kept; null for memory of its own.</summary>
    public TextMemory? Memory { get; }

    /// <summary>The article without its text.</summary>
    public CopyDocument Document { get; }

    /// <summary>Equal for equal texts, character by character.</summary>
    public ulong ContentKey { get; }

    /// <summary>True when the given article is this one, unchanged.</summary>
    public bool IsOf(CopyDocument document) => TextKeys.OfContent(document.Text) == ContentKey && document with { Text = "" } == Document;

    public TokenizedText Text { get; }

    public TokenizedText Title => _title ??= TokenizedText.From(Document.Title, Memory);

    /// <summary>The number of the text's shingles.</summary>
    public int ShingleCount { get; }

    /// <summary>The hashes of the anchors, in the order of the text.</summary>
    public ReadOnlySpan<uint> AnchorHashes
    {
        get
        {
            if (_anchorCount < 0)
                FindAnchors();
            return _anchors.Span(_anchorCount);
        }
    }

    /// <summary>The hashes of the anchors, each once.</summary>
    public ReadOnlySpan<uint> DistinctAnchors
    {
        get
        {
            // Most texts have none twice, and then they are the same.
            _distinct ??= Distinct(AnchorHashes);
            return _distinct.Length == 0 ? AnchorHashes : _distinct;
        }
    }

    /// <summary>Equal for equal normalised texts; 0 without text.</summary>
    public ulong TextKey => field != 0 ? field : field = TextKeys.OfWords(Text.Hashes);

    /// <summary>Equal for equal normalised texts of one language; 0 for hardly more than a headline, which is not compared by its few words.</summary>
    public ulong FamilyKey
    {
        get
        {
            if (IsThin || TextKey == 0)
                return 0;
            var key = TextKey;
            foreach (var c in CopyVerifier.Primary(Document.Language ?? ""))
                key = Fnv1a.Add(key, char.ToUpperInvariant(c));
            return key | 1;
        }
    }

    /// <summary>Equal for equal normalised headlines; 0 without headline.</summary>
    public ulong TitleKey => field != 0 ? field : field = TextKeys.OfWords(Title.Hashes);

    /// <summary>The outlet; 0 when unknown.</summary>
    public ulong Source => field != 0 ? field : field = TextKeys.OfSource(Document);

    /// <summary>Equal for addresses of the same article; 0 when unknown.</summary>
    public ulong Address => field != 0 ? field : field = AddressKey.Of(Document.Url);

    /// <summary>The news agency that the article is credited to; null when none is known.</summary>
    public string? Agency { get; }

    /// <summary>True for a headline with a teaser at most, which is compared by headline, address and date.</summary>
    public bool IsThin { get; }

    /// <summary>The weight of each shingle, 0 to <see cref="FullWeight"/>.</summary>
    public ReadOnlySpan<byte> Weights => _weights.AsSpan(0, ShingleCount);

    /// <summary>True when its site repeats nothing of it: every shingle has the full weight.</summary>
    public bool IsFull => ReferenceEquals(_weights, Full);

    /// <summary>The sum of <see cref="Weights"/>.</summary>
    public int TotalWeight { get; private set; }

    /// <summary>The order of first seen, undated last, and id.</summary>
    public static int Compare(Fingerprint x, Fingerprint y)
    {
        var byTime = (x.Document.FirstSeen ?? DateTimeOffset.MaxValue).CompareTo(y.Document.FirstSeen ?? DateTimeOffset.MaxValue);
        return byTime != 0 ? byTime : string.CompareOrdinal(x.Document.Id, y.Document.Id);
    }

    /// <summary>Takes the weight from what the site repeats.</summary>
    /// <param name="anchors">Places in <see cref="AnchorHashes"/> of the repeated ones, ascending; null for none.</param>
    public void SetRepeated(List<int>? anchors)
    {
        _weights = Full;
        TotalWeight = ShingleCount * FullWeight;
        if (anchors is null)
            return;
        _weights = Full[..ShingleCount];
        var buffer = ArrayPool<int>.Shared.Rent(ShingleCount);
        var shingles = ArrayPool<uint>.Shared.Rent(ShingleCount);
        Shingles.Fill(Text.Hashes, shingles.AsSpan(0, ShingleCount));
        var places = buffer.AsSpan(0, Shingles.Anchors(shingles.AsSpan(0, ShingleCount), buffer));
        ArrayPool<uint>.Shared.Return(shingles);
        for (var i = 0; i < anchors.Count; i++)
        {
            // Between two anchors a shingle is taken as repeated when both are.
            var start = places[anchors[i]];
            var end = start + 1;
            if (anchors[i] + 1 == places.Length)
                end = ShingleCount;
            else if (i + 1 < anchors.Count && anchors[i + 1] == anchors[i] + 1)
                end = places[anchors[i + 1]];
            _weights.AsSpan(start, end - start).Clear();
            TotalWeight -= (end - start) * FullWeight;
        }

        ArrayPool<int>.Shared.Return(buffer);
    }

    /// <summary>The text without what its site repeats.</summary>
    /// <param name="most">Tokens after which it may end.</param>
    public TokenizedText OwnText(int most = int.MaxValue)
    {
        if (TotalWeight == ShingleCount * FullWeight)
            return Text;
        most = Math.Min(most, Text.Count);
        var places = ArrayPool<int>.Shared.Rent(most);
        var count = OwnTokens(places.AsSpan(0, most));
        var (hashes, kinds) = (new uint[count], new TokenKinds[count]);
        var allHashes = Text.Hashes;
        var allKinds = Text.Kinds;
        for (var i = 0; i < count; i++)
            (hashes[i], kinds[i]) = (allHashes[places[i]], allKinds[places[i]]);
        ArrayPool<int>.Shared.Return(places);
        return new(hashes, kinds, []);
    }

    /// <summary>The places among <see cref="Text"/> of the words that its site does not repeat.</summary>
    /// <param name="most">Words after which it may end.</param>
    public int[] OwnTokens(int most = int.MaxValue)
    {
        var places = new int[Math.Min(most, Text.Count)];
        return places[..OwnTokens(places)];
    }

    // How many there are; as many as there is room for at most.
    private int OwnTokens(Span<int> places)
    {
        var count = 0;
        var weights = Weights;
        // A word is the site's when every shingle that holds it is.
        var own = -Shingles.Size;
        for (var i = 0; i < Text.Count && count < places.Length; i++)
        {
            if (i < weights.Length && weights[i] > 0)
                own = i;
            places[count] = i;
            count += i - own < Shingles.Size ? 1 : 0;
        }

        return count;
    }

    // Where they stand is seldom asked for, and not kept.
    private void FindAnchors()
    {
        var buffer = ArrayPool<uint>.Shared.Rent(ShingleCount);
        var places = ArrayPool<int>.Shared.Rent(ShingleCount);
        var shingles = buffer.AsSpan(0, ShingleCount);
        Shingles.Fill(Text.Hashes, shingles);
        var anchors = places.AsSpan(0, Shingles.Anchors(shingles, places));
        _anchorCount = anchors.Length;
        _anchors = TextPlace.In(Memory, _anchorCount);
        var hashes = _anchors.Span(_anchorCount);
        for (var i = 0; i < anchors.Length; i++)
            hashes[i] = shingles[anchors[i]];
        ArrayPool<int>.Shared.Return(places);
        ArrayPool<uint>.Shared.Return(buffer);
    }

    // None where each stands once.
    private static uint[] Distinct(ReadOnlySpan<uint> hashes)
    {
        // Hashes as they are, placed by their last bits; most texts have no shingle twice.
        var mask = (int)BitOperations.RoundUpToPowerOf2((uint)(2 * hashes.Length) + 1) - 1;
        var places = ArrayPool<int>.Shared.Rent(mask + 1);
        places.AsSpan(0, mask + 1).Clear();
        var each = ArrayPool<uint>.Shared.Rent(hashes.Length);
        var count = 0;
        for (var i = 0; i < hashes.Length; i++)
        {
            var at = (int)hashes[i] & mask;
            while (places[at] is var place && place != 0 && hashes[place - 1] != hashes[i])
                at = (at + 1) & mask;
            if (places[at] != 0)
                continue;
            places[at] = i + 1;
            each[count++] = hashes[i];
        }

        var distinct = count == hashes.Length ? [] : each[..count];
        ArrayPool<uint>.Shared.Return(each);
        ArrayPool<int>.Shared.Return(places);
        return distinct;
    }

    private static byte[] MakeFull()
    {
        var full = new byte[TokenizedText.MaxTokens];
        Array.Fill(full, FullWeight);
        return full;
    }
}
