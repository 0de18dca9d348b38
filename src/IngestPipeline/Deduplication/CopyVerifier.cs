namespace IngestPipeline.Deduplication;

/// <summary>Decides from what two articles share whether one is a copy of the other.</summary>
internal sealed class CopyVerifier(CopyOptions options)
{
    private readonly PassageComparer _comparer = new();

    /// <summary>Compares two articles; null when they share too little to matter.</summary>
    public CopyRelation? Verify(Fingerprint a, Fingerprint b)
    {
        var days = DaysApart(a, b);
        if (days > options.WindowDays || !SameLanguage(a.Document, b.Document))
            return null;
        var p = _comparer.Compare(a, b);
        if (p.Containment < 0.1 && p.LongestRun < 30 * Fingerprint.FullWeight)
            return null;

        if (HasOtherFacts(a, b, p, days))
            return new(CopyBond.Apart, 0, "facts", 0, 0, p);
        var strength = Parts((p.Containment + p.Resemblance) / 2);
        return Link(a, b, p, days) is { } link
            ? new(CopyBond.Copy, strength, link.Measure, link.Score, link.Threshold, p)
            : new(CopyBond.Shares, strength, "containment", Parts(p.Containment), Parts(options.Containment), p);
    }

    private static int Parts(double share) => (int)Math.Round(share * 10_000, MidpointRounding.AwayFromZero);

    private (string Measure, int Score, int Threshold)? Link(Fingerprint a, Fingerprint b, PassageComparison p, double days)
    {
        var shorterIsA = a.TotalWeight <= b.TotalWeight;
        var contained = shorterIsA ? p.ContainedA : p.ContainedB;
        var bridged = shorterIsA ? p.BridgedA : p.BridgedB;
        var headOfShorter = shorterIsA ? p.HeadA : p.HeadB;
        var headOfLonger = shorterIsA ? p.HeadB : p.HeadA;
        var shorter = shorterIsA ? a : b;
        var enough = Math.Min(p.SharedA, p.SharedB) >= options.MinShared * Fingerprint.FullWeight;

        // An old text that comes again is taken for a copy only when it is nearly the same.
        if (days > options.FreshDays)
            return enough && p.Resemblance >= options.LateResemblance ? ("resemblance", Parts(p.Resemblance), Parts(options.LateResemblance)) : null;

        if (enough && contained >= options.Containment && p.Resemblance >= options.Resemblance)
            return ("containment", Parts(contained), Parts(options.Containment));
        if (enough && contained >= options.CutContainment && headOfShorter >= 0.5 && headOfLonger >= 0.3)
            return ("cut", Parts(contained), Parts(options.CutContainment));

        // A cut or a teaser takes the head of the longer text; around it stands what the outlet's page adds.
        var fromHead = p.LongestRun >= options.HeadRun * Fingerprint.FullWeight && shorter.Text.Count < 260;
        if (fromHead && headOfLonger >= options.TeaserHead && contained >= options.TeaserContainment)
            return ("head", Parts(headOfLonger), Parts(options.TeaserHead));

        // Lightly reworded: the passages follow each other all through, with exchanged words between them.
        if (enough && bridged >= options.Bridged && contained >= options.BridgedContainment && p.Resemblance >= options.BridgedResemblance)
            return ("aligned", Parts(bridged), Parts(options.Bridged));
        return null;
    }

    private bool HasOtherFacts(Fingerprint a, Fingerprint b, PassageComparison p, double days)
    {
        if (p.NumbersExchanged >= 2 && p.NumbersExchanged >= options.ExchangedNumbers * (p.NumbersShared + p.NumbersExchanged))
            return true;
        var exchanged = p.NumbersExchanged + p.NamesExchanged;
        var shorter = Math.Min(a.Text.Count, b.Text.Count);
        return shorter < 150 && exchanged >= 2 && exchanged >= options.ExchangedNumbers * (p.NumbersShared + p.NamesShared + exchanged);
    }

    private static double DaysApart(Fingerprint a, Fingerprint b) =>
        a.Document.FirstSeen is { } x && b.Document.FirstSeen is { } y ? Math.Abs((x - y).TotalDays) : 0;

    private static bool SameLanguage(CopyDocument a, CopyDocument b) =>
        a.Language is null || b.Language is null || Primary(a.Language).Equals(Primary(b.Language), StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> Primary(string language)
    {
        var end = language.AsSpan().IndexOfAny('-', '_');
        return end < 0 ? language : language.AsSpan(0, end);
    }
}
