namespace IngestPipeline.Tests;

/// <summary>A test on the benchmark data; skipped with the reason where that is not beside the checkout.</summary>
internal sealed class BenchFactAttribute : FactAttribute
{
    public BenchFactAttribute()
    {
        if (RepositoryRoot.Bench is null)
            Skip = "The benchmark data is not beside the checkout (../shared/bench).";
    }
}
