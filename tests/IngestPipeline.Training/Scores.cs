namespace IngestPipeline.Training;

/// <summary>Scores of a set of pages, as <c>score.py</c> gives them.</summary>
internal sealed class Scores
{
    private readonly List<double> _precision = [];
    private readonly List<double> _recall = [];
    private int _segmentHit, _segmentExtra, _segmentMissed;

    public int Pages { get; private set; }

    public double Precision => _precision.Count == 0 ? 0 : _precision.Average();

    public double Recall => _recall.Count == 0 ? 0 : _recall.Average();

    public double F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);

    public double SegmentF1 => _segmentHit == 0 ? 0 : 2.0 * _segmentHit / ((2 * _segmentHit) + _segmentExtra + _segmentMissed);

    public double Add(TruthPage page, string found)
    {
        Pages++;
        var folded = string.Join(' ', found.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        _segmentHit += page.With.Count(s => Has(folded, s));
        _segmentMissed += page.With.Count(s => !Has(folded, s));
        _segmentExtra += page.Without.Count(s => Has(folded, s));
        if (page.Text is not { Length: > 0 } truth)
            return page.With.Count(s => Has(folded, s)) / Math.Max(1.0, page.With.Length) - (page.Without.Count(s => Has(folded, s)) / Math.Max(1.0, page.Without.Length));

        var (hit, extra, missed) = Shingles.Compare(Settle(page, truth, found), found);
        var precision = hit + extra > 0 ? hit / (hit + extra) : -1;
        var recall = hit + missed > 0 ? hit / (hit + missed) : -1;
        if (precision >= 0)
            _precision.Add(precision);
        if (recall >= 0)
            _recall.Add(recall);
        return precision + recall <= 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    public override string ToString() =>
        FormattableString.Invariant($"{Pages,5} pages  F1 {F1:0.0000}  P {Precision:0.0000}  R {Recall:0.0000}  segments {SegmentF1:0.0000}");

    private static bool Has(string folded, string segment) =>
        folded.Contains(string.Join(' ', segment.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);

    private static string Settle(TruthPage page, string truth, string found)
    {
        if (page.Optional.Length == 0)
            return truth;

        var bag = Shingles.Bag(Shingles.Tokens(found));
        return string.Join("\n\n", truth.Split("\n\n").Where(p =>
        {
            if (!page.Optional.Contains(p))
                return true;
            var own = Shingles.Bag(Shingles.Tokens(p));
            return 2 * own.Sum(s => Math.Min(s.Value, bag.GetValueOrDefault(s.Key))) >= own.Values.Sum();
        }));
    }
}
