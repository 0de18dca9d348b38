namespace IngestPipeline.Verification;

/// <summary>What verifying a store found.</summary>
/// <param name="Problems">The problems, in the order of the checks.</param>
/// <param name="Articles">Articles that were decided about and read.</param>
/// <param name="Records">Records that were compared.</param>
/// <param name="Requests">Requests in the articles' ledgers; 0 for a store that was only replayed into.</param>
/// <param name="Pending">Of these, the ones that have not ended.</param>
/// <param name="Quarantined">Messages that are set aside.</param>
public sealed record VerifyReport(IReadOnlyList<StoreProblem> Problems, int Articles, int Records, long Requests, long Pending, int Quarantined)
{
    /// <summary>Tombstones of articles, and of addresses that led to them.</summary>
    public int Forgotten { get; init; }

    /// <summary>Articles that no decision names: they wait for one, or a run that stopped left them. Readers do not see them.</summary>
    public int Undecided { get; init; }

    /// <summary>Captures that were read; 0 when that was not asked for.</summary>
    public int Captures { get; init; }

    /// <summary>True when nothing is wrong any more.</summary>
    public bool IsSound => Problems.All(p => p.State == ProblemState.Repaired);
}
