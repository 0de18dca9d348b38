namespace IngestPipeline.Tests;

/// <summary>A test that runs only when it is asked for: it takes minutes, or depends on the machine being idle.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnDemandFactAttribute : FactAttribute
{
    private const string Variable = "INGEST_ON_DEMAND";

    public OnDemandFactAttribute() => Skip = string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)) ? $"set {Variable}=1 to run it" : null;
}
