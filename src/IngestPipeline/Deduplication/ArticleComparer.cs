namespace IngestPipeline.Deduplication;

/// <summary>Compares two articles alone, as the pipeline would decide about them, and shows the evidence. Not safe for two threads.</summary>
/// <param name="options">Thresholds; null for the ones the project measured.</param>
public sealed class ArticleComparer(CopyOptions? options = null)
{
    /// <summary>Share of their words that two short texts need to tell the same in other words, in 1/10,000.</summary>
    private const int ShortRewriteWords = 7_500;

    /// <summary>Tokens outside quotations that a short text needs to be called a rewrite of another.</summary>
    private const int ShortRewriteTokens = 8;

    private readonly CopyOptions _options = options ?? new();
    private readonly CopyVerifier _verifier = new(options ?? new());
    private readonly PassageComparer _comparer = new();
    private readonly PassageFinder _finder = new();
    private readonly TermVectorBuilder _terms = new();

    /// <summary>Compares; the two need different ids.</summary>
    public ArticleComparison Compare(CopyDocument a, CopyDocument b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Id == b.Id)
            throw new ArgumentException("Two articles of one id cannot be compared.", nameof(b));

        var (printA, printB) = (new Fingerprint(a), new Fingerprint(b));
        var aIsFirst = Fingerprint.Compare(printA, printB) <= 0;
        var passages = _comparer.Compare(printA, printB);
        var facts = FactDifferences.Between(printA, a.Text, printB, b.Text);
        var plain = new ArticleComparison
        {
            A = a,
            B = b,
            Kind = ComparedKind.Apart,
            Measure = "containment",
            Score = CopyVerifier.Parts(passages.Containment),
            Threshold = CopyVerifier.Parts(_options.Containment),
            ContainedA = CopyVerifier.Parts(passages.ContainedA),
            ContainedB = CopyVerifier.Parts(passages.ContainedB),
            Passages = _finder.Find(printA, printB),
            AgencyA = printA.Agency,
            AgencyB = printB.Agency,
            FactsA = facts.A,
            FactsB = facts.B,
        };

        var decisions = new CopyDecider(_options).Add([a, b]);
        if (decisions.FirstOrDefault(d => d.CanonicalId != d.Id) is { Evidence: { } copied } copy)
            return With(plain, Kind(copy.Kind), copy.CanonicalId, copied);
        if (decisions.FirstOrDefault(d => d.RewriteOf is not null) is { Evidence: { } reworded } rewrite)
            return With(plain, ComparedKind.Rewrite, rewrite.RewriteOf, reworded);
        if ((aIsFirst ? _verifier.Verify(printA, printB) : _verifier.Verify(printB, printA)) is { Bond: CopyBond.Apart })
            return plain with { Vetoed = true };
        if (ShortRewrite(printA, printB, facts, out var score))
            return plain with { Kind = ComparedKind.Rewrite, OriginalId = aIsFirst ? a.Id : b.Id, Measure = "words", Score = score, Threshold = ShortRewriteWords };
        if (score >= ShortRewriteWords)
            plain = plain with { Measure = "words", Score = score, Threshold = ShortRewriteWords, Vetoed = true };
        return decisions[0].StoryId == decisions[1].StoryId
            ? plain with { Kind = ComparedKind.Story, Measure = "telling-words", Score = _terms.Build(printA).Cosine(_terms.Build(printB)), Threshold = _options.StoryCosine }
            : plain;
    }

    // Single sentences and short items: too little for phrasing to tell, so that the words decide, and any fact that differs forbids it.
    private bool ShortRewrite(Fingerprint a, Fingerprint b, FactDifferences facts, out int score)
    {
        score = 0;
        if (Math.Min(OwnWords(a), OwnWords(b)) < ShortRewriteTokens
            || Math.Min(a.Text.Count, b.Text.Count) >= _options.RewriteTokens
            || !CopyVerifier.SameLanguage(a.Document, b.Document))
            return false;
        score = Phrasing.Of(a).SharedWords(Phrasing.Of(b));
        return score >= ShortRewriteWords && !facts.Any;
    }

    // Where all but the speaker's name is a quotation, nothing is left that could be other words for the same.
    private static int OwnWords(Fingerprint print)
    {
        var own = 0;
        foreach (var kind in print.Text.Kinds)
            own += (kind & TokenKinds.Quoted) == TokenKinds.None ? 1 : 0;
        return own;
    }

    private static ArticleComparison With(ArticleComparison plain, ComparedKind kind, string? original, CopyEvidence evidence) =>
        plain with { Kind = kind, OriginalId = original, Measure = evidence.Measure, Score = evidence.Score, Threshold = evidence.Threshold };

    private static ComparedKind Kind(CopyKind kind) => kind switch
    {
        CopyKind.Exact => ComparedKind.Exact,
        CopyKind.Version => ComparedKind.Version,
        _ => ComparedKind.Near,
    };
}
