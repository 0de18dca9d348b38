namespace IngestPipeline.Tests.Storage;

/// <summary>A fact that needs Azurite: skipped with the reason where node is missing, unless the environment says <c>CI=true</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StoreFactAttribute : FactAttribute
{
    public StoreFactAttribute() => Skip = Azurite.AzuriteSetup.WhySkipped;
}
