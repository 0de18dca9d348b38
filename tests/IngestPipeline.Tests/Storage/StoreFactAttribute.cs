namespace IngestPipeline.Tests.Storage;

/// <summary>A fact of the contract suite; here the stores are always at hand. The Azurite project has its own, which may skip.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StoreFactAttribute : FactAttribute;
