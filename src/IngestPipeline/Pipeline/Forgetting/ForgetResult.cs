namespace IngestPipeline.Pipeline.Forgetting;

/// <summary>What was taken out, or would be.</summary>
public sealed record ForgetResult
{
    /// <summary>The ids of the articles; one that the store never held is among them, because it is never taken in from now on.</summary>
    public required IReadOnlyList<string> Articles { get; init; }

    /// <summary>Blobs of articles, all revisions in all runs.</summary>
    public int Texts { get; init; }

    /// <summary>Other articles that are decided about anew.</summary>
    public int Regrouped { get; init; }

    /// <summary>WARC files that were rewritten or deleted.</summary>
    public int Captures { get; init; }

    /// <summary>Entries that were cut out of captured feeds.</summary>
    public int Entries { get; init; }

    /// <summary>Requests that ended because of it.</summary>
    public int Requests { get; init; }

    /// <summary>Messages that were taken out of quarantine.</summary>
    public int Quarantined { get; init; }

    /// <summary>WARC files that are too large to be rewritten here: they are left as they are, and have to be looked at by hand.</summary>
    public IReadOnlyList<string> Left { get; init; } = [];

    /// <summary>True when it went on with one that was interrupted.</summary>
    public bool IsResumed { get; init; }

    /// <summary>The receipt; null for a dry run.</summary>
    public string? Receipt { get; init; }

    internal ForgetResult Plus(ForgetResult other) => other with
    {
        Articles = [.. Articles.Union(other.Articles, StringComparer.Ordinal)],
        Texts = Texts + other.Texts,
        Regrouped = Regrouped + other.Regrouped,
        Captures = Captures + other.Captures,
        Entries = Entries + other.Entries,
        Requests = Requests + other.Requests,
        Quarantined = Quarantined + other.Quarantined,
        Left = [.. Left.Union(other.Left, StringComparer.Ordinal)],
        IsResumed = IsResumed || other.IsResumed,
        Receipt = other.Receipt ?? Receipt,
    };
}
