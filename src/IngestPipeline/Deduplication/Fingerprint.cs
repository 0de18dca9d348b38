namespace IngestPipeline.Deduplication;

/// <summary>What is kept of an article for comparing it: hashes of its words, its shingles and its anchors.</summary>
internal sealed class Fingerprint
{
    private ulong[]? _sorted;

    public Fingerprint(CopyDocument document)
    {
        Document = document;
        Text = TokenizedText.From(document.Text);
        Title = TokenizedText.From(document.Title);
        ShinglesByPosition = Shingles.Of(Text.Hashes);
        Anchors = Shingles.Anchors(ShinglesByPosition);
        TextKey = Key(Text.Hashes);
        TitleKey = Key(Title.Hashes);
        Source = SourceKey(document);
        Address = AddressKey.Of(document.Url);
        Agency = AgencyCredit.Of(document);
        IsThin = document.HeadlineOnly || Text.Count < ThinBelow;
        Weights = new byte[ShinglesByPosition.Length];
        Array.Fill(Weights, FullWeight);
        TotalWeight = Weights.Length * FullWeight;
    }

    /// <summary>The weight of a shingle that is neither common nor repeated by its site.</summary>
    public const byte FullWeight = 4;

    /// <summary>Texts of fewer tokens hold no more than a teaser.</summary>
    private const int ThinBelow = 60;

    public CopyDocument Document { get; }

    public TokenizedText Text { get; }

    public TokenizedText Title { get; }

    public uint[] ShinglesByPosition { get; }

    public int[] Anchors { get; }

    /// <summary>Equal for equal normalised texts; 0 without text.</summary>
    public ulong TextKey { get; }

    /// <summary>Equal for equal normalised headlines; 0 without headline.</summary>
    public ulong TitleKey { get; }

    /// <summary>The outlet; 0 when unknown.</summary>
    public ulong Source { get; }

    /// <summary>Equal for addresses of the same article; 0 when unknown.</summary>
    public ulong Address { get; }

    /// <summary>The news agency that the article is credited to; null when none is known.</summary>
    public string? Agency { get; }

    /// <summary>True for a headline with a teaser at most, which is compared by headline, address and date.</summary>
    public bool IsThin { get; }

    /// <summary>The weight of each shingle, 0 to <see cref="FullWeight"/>.</summary>
    public byte[] Weights { get; }

    /// <summary>The sum of <see cref="Weights"/>.</summary>
    public int TotalWeight { get; set; }

    /// <summary>Shingles in the order of their hashes, each as hash · 2³² + position.</summary>
    public ulong[] Sorted => _sorted ??= Sort();

    /// <summary>The text without what its site repeats.</summary>
    public TokenizedText OwnText()
    {
        if (TotalWeight == Weights.Length * FullWeight)
            return Text;
        var own = new bool[Text.Count];
        for (var i = 0; i < Weights.Length; i++)
        {
            if (Weights[i] > 0)
                own.AsSpan(i, Math.Min(Shingles.Size, own.Length - i)).Fill(true);
        }

        return new([.. Text.Hashes.Where((_, i) => own[i])], [.. Text.Kinds.Where((_, i) => own[i])]);
    }

    private ulong[] Sort()
    {
        var sorted = new ulong[ShinglesByPosition.Length];
        for (var i = 0; i < sorted.Length; i++)
            sorted[i] = ((ulong)ShinglesByPosition[i] << 32) | (uint)i;
        Array.Sort(sorted);
        return sorted;
    }

    private static ulong Key(ReadOnlySpan<uint> tokens)
    {
        if (tokens.Length == 0)
            return 0;
        var key = 14695981039346656037UL;
        foreach (var token in tokens)
        {
            key = (key ^ token) * 1099511628211;
            key ^= key >> 32;
        }

        return key | 1;
    }

    private static ulong SourceKey(CopyDocument document)
    {
        var name = document.Source ?? (Uri.TryCreate(document.Url, UriKind.Absolute, out var url) ? url.Host : null);
        return name is null ? 0 : Key(TokenizedText.From(name).Hashes);
    }
}
