using System.Numerics;

namespace IngestPipeline.Deduplication;

/// <summary>Decides from what two articles share whether one is a copy of the other.</summary>
internal sealed class CopyVerifier(CopyOptions options)
{
    // From here on two texts share so much that other facts in it tell them apart.
    private const double FormContainment = 0.4;

    // Characters of a word with what stands behind it: in other scripts words have five and more on the mean.
    private const int LeastWord = 3;

    private readonly PassageComparer _comparer = new();

    /// <summary>Compares two articles; null when they share too little to matter.</summary>
    public CopyRelation? Verify(Fingerprint a, Fingerprint b)
    {
        var days = DaysApart(a, b);
        if (days > options.WindowDays || !SameLanguage(a.Document, b.Document))
            return null;
        var isThin = a.IsThin || b.IsThin;
        if ((isThin ? _comparer.Compare(a, b) : _comparer.CompareIfShared(a, b)) is not { } p)
            return null;
        if (isThin && Headlines(a, b, p, days) is { } byHeadline)
            return byHeadline;
        if (p.Containment < 0.1 && p.LongestRun < 30 * Fingerprint.FullWeight)
            return null;

        if (IsOtherForm(a, b, p))
            return new(CopyBond.Apart, 0, "facts", 0, 0, p);
        var strength = Parts((p.Containment + p.Resemblance) / 2);
        return Link(a, b, p, days) is { } link
            ? new(CopyBond.Copy, strength, link.Measure, link.Score, link.Threshold, p)
            : new(CopyBond.Shares, strength, "containment", Parts(p.Containment), Parts(options.Containment), p);
    }

    // Hardly more than a headline: the same address, or the same telling headline at about the same time.
    private CopyRelation? Headlines(Fingerprint a, Fingerprint b, PassageComparison p, double days)
    {
        var areTexts = !a.Document.HeadlineOnly && !b.Document.HeadlineOnly;
        var textsDiffer = areTexts && Math.Min(a.Text.Count, b.Text.Count) >= 12 && p.Containment < 0.3;
        if (a.Address != 0 && a.Address == b.Address && !(textsDiffer && !a.IsThin && !b.IsThin))
            return new(CopyBond.Copy, 9_500, "address", 10_000, 10_000, p);
        var sameSource = a.Source != 0 && a.Source == b.Source;
        if (a.TitleKey != 0 && a.TitleKey == b.TitleKey && Headline.IsTelling(a, options.TellingHeadline) && !textsDiffer && !(areTexts && IsOtherForm(a, b, p))
            && days <= (sameSource ? 1 : options.FreshDays) && !(sameSource && HasNumber(a.Title) && days > 0.5))
            return new(CopyBond.Copy, 9_000, "headline", 10_000, 10_000, p);
        return null;
    }

    /// <summary>A share in 1/10,000.</summary>
    public static int Parts(double share) => (int)Math.Round(share * 10_000, MidpointRounding.AwayFromZero);

    private (string Measure, int Score, int Threshold)? Link(Fingerprint a, Fingerprint b, PassageComparison p, double days)
    {
        var shorterIsA = a.TotalWeight <= b.TotalWeight;
        var contained = shorterIsA ? p.ContainedA : p.ContainedB;
        var bridged = shorterIsA ? p.BridgedA : p.BridgedB;
        var headOfShorter = shorterIsA ? p.HeadA : p.HeadB;
        var headOfLonger = shorterIsA ? p.HeadB : p.HeadA;
        var shorter = shorterIsA ? a : b;
        var enough = Math.Min(p.SharedA, p.SharedB) >= options.MinShared * Fingerprint.FullWeight;

        // An outlet seldom runs one report twice under another headline and with another beginning: what its pages share is its own.
        var titles = TitleSimilarity(a.Title, b.Title);
        if (a.Source != 0
            && a.Source == b.Source
            && titles < 0.5
            && Math.Min(p.HeadA, p.HeadB) < 0.4
            && Math.Max(p.HeadA, p.HeadB) < 0.5
            && p.Resemblance < 0.7)
            return null;

        // So little text says the facts in its headline.
        if (shorter.TotalWeight < options.ThinShingles * Fingerprint.FullWeight
            && a.Title.Count > 0
            && b.Title.Count > 0
            && titles < 0.5
            && p.Resemblance < 0.95)
            return null;

        // An old text that comes again is taken for a copy only when it is nearly the same, and long enough not to be a form.
        if (days > options.FreshDays)
            return shorter.Text.Count >= options.LateTokens && p.Resemblance >= options.LateResemblance
                ? ("resemblance", Parts(p.Resemblance), Parts(options.LateResemblance))
                : null;

        if (IsBackground(p, days, contained, headOfShorter) || HasOtherBeginning(a, b, p, contained) || HasNewTop(a, b, p, shorterIsA))
            return null;
        if (enough && contained >= options.Containment && p.Resemblance >= options.Resemblance)
            return ("containment", Parts(contained), Parts(options.Containment));
        if (enough && contained >= options.CutContainment && headOfShorter >= 0.5 && headOfLonger >= 0.3)
            return ("cut", Parts(contained), Parts(options.CutContainment));

        // A text that stands nearly whole, from its head on, in a page that adds to it. Under a tenth of a page it is more likely an item.
        var ratio = (double)shorter.TotalWeight / Math.Max(1, shorterIsA ? b.TotalWeight : a.TotalWeight);
        if (enough && !shorter.IsThin && contained >= options.WholeContainment && headOfShorter >= 0.45 && ratio >= options.WholeRatio)
            return ("whole", Parts(contained), Parts(options.WholeContainment));

        // A cut or a teaser takes the head of the longer text; around it stands what the outlet's page adds.
        var fromHead = p.LongestRun >= options.HeadRun * Fingerprint.FullWeight && shorter.Text.Count < 260;
        if (fromHead && headOfLonger >= options.TeaserHead && contained >= options.TeaserContainment)
            return ("head", Parts(headOfLonger), Parts(options.TeaserHead));

        // Lightly reworded: the passages follow each other all through, with exchanged words between them.
        var alike = ratio >= options.BridgedRatio || (bridged >= 0.8 && Math.Min(p.SharedA, p.SharedB) >= 80 * Fingerprint.FullWeight);
        if (enough && alike && bridged >= options.Bridged && contained >= options.BridgedContainment && p.Resemblance >= options.BridgedResemblance)
            return ("aligned", Parts(bridged), Parts(options.Bridged));
        return null;
    }

    // Reports made to a form share its words and differ in their facts; short ones carry one headline, too.
    private bool IsOtherForm(Fingerprint a, Fingerprint b, PassageComparison p) => p.Containment >= FormContainment && HasOtherFacts(a, b, p);

    private bool HasOtherFacts(Fingerprint a, Fingerprint b, PassageComparison p)
    {
        if (p.NumbersExchanged + p.NamesExchanged < 2)
            return false;
        var shorter = Math.Min(WordsOf(a.Text), WordsOf(b.Text));
        if (p.NumbersExchanged >= Math.Max(2, shorter / 60) && p.NumbersExchanged >= options.ExchangedNumbers * (p.NumbersShared + p.NumbersExchanged))
            return true;
        var exchanged = p.NumbersExchanged + p.NamesExchanged;
        var facts = p.NumbersShared + p.NamesShared + exchanged;
        return shorter < 150
            ? exchanged >= 2 && exchanged >= options.ExchangedNumbers * facts
            : exchanged >= Math.Max(4, shorter / 40) && exchanged >= options.ExchangedFacts * facts;
    }

    // Scripts without spaces give a token a character; no other has so short ones.
    private static int WordsOf(TokenizedText text)
    {
        var (start, end) = text.Places.Extent;
        return Math.Min(text.Count, (end - start) / LeastWord);
    }

    // Paragraphs of background stand in a later report in one piece and not at its head.
    private static bool IsBackground(PassageComparison p, double days, double contained, double headOfShorter) =>
        days > 1 && headOfShorter < 0.2 && contained < 0.8 && p.LongestRun * 2 > Math.Min(p.SharedA, p.SharedB);

    // A comment that quotes a report at length, or a new report on its background, begins in words of its own. So does a page whose menu was
    // left in the text, but that carries the agency's credit as the other does.
    private static bool HasOtherBeginning(Fingerprint a, Fingerprint b, PassageComparison p, double contained) =>
        contained < 0.78 && p.Resemblance < 0.5 && Math.Max(p.HeadA, p.HeadB) < 0.15 && (a.Agency is null || a.Agency != b.Agency);

    // Another outlet's later report keeps an earlier one below what is new. An agency's report that grows, or an outlet's own page, is a version.
    private bool HasNewTop(Fingerprint a, Fingerprint b, PassageComparison p, bool shorterIsA)
    {
        if (a.Agency is not null || b.Agency is not null || (a.Source != 0 && a.Source == b.Source))
            return false;
        var (contains, coverage) = shorterIsA ? (p.ContainedB, p.CoverageB) : (p.ContainedA, p.CoverageA);
        return contains < 0.5 && BitOperations.TrailingZeroCount(coverage) >= 64 * options.NewTop;
    }

    private static bool HasNumber(TokenizedText text)
    {
        foreach (var kind in text.Kinds)
        {
            if ((kind & TokenKinds.Number) != TokenKinds.None)
                return true;
        }

        return false;
    }

    // Share of the shorter headline's words that the other has.
    private static double TitleSimilarity(TokenizedText a, TokenizedText b)
    {
        var (shorter, longer) = a.Count <= b.Count ? (a, b) : (b, a);
        if (shorter.Count == 0)
            return 0;
        var shared = 0;
        foreach (var token in shorter.Hashes)
        {
            if (longer.Hashes.Contains(token))
                shared++;
        }

        return (double)shared / shorter.Count;
    }

    /// <summary>Days between the times at which two articles were first seen; 0 when one is unknown.</summary>
    public static double DaysApart(Fingerprint a, Fingerprint b) =>
        a.Document.FirstSeen is { } x && b.Document.FirstSeen is { } y ? Math.Abs((x - y).TotalDays) : 0;

    /// <summary>False when both languages are known and differ.</summary>
    public static bool SameLanguage(CopyDocument a, CopyDocument b) =>
        a.Language is null || b.Language is null || Primary(a.Language).Equals(Primary(b.Language), StringComparison.OrdinalIgnoreCase);

    /// <summary>A language without script and region.</summary>
    public static ReadOnlySpan<char> Primary(string language)
    {
        var end = language.AsSpan().IndexOfAny('-', '_');
        return end < 0 ? language : language.AsSpan(0, end);
    }
}
