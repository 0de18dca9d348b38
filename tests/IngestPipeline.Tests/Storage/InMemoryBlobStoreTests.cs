using IngestPipeline.Storage;

namespace IngestPipeline.Tests.Storage;

public sealed class InMemoryBlobStoreTests : BlobStoreContract
{
    protected override IBlobStore NewStore() => new InMemoryBlobStore();

    protected override IBlobStore Reopen(IBlobStore store) => store;
}
