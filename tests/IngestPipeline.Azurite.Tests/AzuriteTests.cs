namespace IngestPipeline.Tests.Azurite;

/// <summary>The tests that share one Azurite: <c>[Collection(AzuriteTests.Name)]</c>.</summary>
[CollectionDefinition(Name)]
public sealed class AzuriteTests : ICollectionFixture<AzuriteServer>
{
    public const string Name = "Azurite";
}
