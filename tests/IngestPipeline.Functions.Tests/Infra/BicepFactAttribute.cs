namespace IngestPipeline.Tests.Functions.Infra;

/// <summary>A fact that needs Bicep's compiler: skipped with the reason where it cannot be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BicepFactAttribute : FactAttribute
{
    public BicepFactAttribute() => Skip = BicepCompiler.WhySkipped;
}
