namespace IngestPipeline.Verification;

/// <summary>Collects problems and, when asked, mends each as it is found. Safe for concurrent use.</summary>
internal sealed class Findings(bool repair)
{
    private readonly SortedDictionary<(StoreInvariant, string, string), StoreProblem> _problems = [];
    private readonly Lock _gate = new();

    /// <summary>The problems by invariant and name, so that the report is the same every time.</summary>
    public IReadOnlyList<StoreProblem> Problems
    {
        get
        {
            lock (_gate)
                return [.. _problems.Values];
        }
    }

    /// <summary>A problem that a person has to solve.</summary>
    public void ByHand(StoreInvariant invariant, string name, string what, string remedy) => Add(new(invariant, name, what, remedy, ProblemState.ByHand));

    /// <summary>A problem that can be mended.</summary>
    public async Task RepairableAsync(StoreInvariant invariant, string name, string what, string remedy, Func<Task> mend)
    {
        if (repair)
            await mend().ConfigureAwait(false);
        Add(new(invariant, name, what, remedy, repair ? ProblemState.Repaired : ProblemState.Repairable));
    }

    private void Add(StoreProblem problem)
    {
        lock (_gate)
            _problems[(problem.Invariant, problem.Name, problem.What)] = problem;
    }
}
