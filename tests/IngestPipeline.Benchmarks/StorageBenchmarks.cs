using BenchmarkDotNet.Attributes;
using IngestPipeline.Storage;

namespace IngestPipeline.Benchmarks;

/// <summary>The folder store: two thousand small blobs in one batch, the same again, and single durable writes.</summary>
public class StorageBenchmarks
{
    private readonly List<BlobWrite> _blobs =
        [.. Enumerable.Range(0, 2000).Select(n => new BlobWrite($"records/2026-01-0{n % 5 + 1}/{n:x8}.json", InventedCorpus.Page(n).AsMemory(0, 4000)))];

    private string _folder = "";
    private FolderBlobStore? _written;
    private int _stores;

    [GlobalSetup]
    public async Task Setup()
    {
        _folder = Directory.CreateTempSubdirectory("ingest-benchmark-").FullName;
        _written = new FolderBlobStore(Path.Combine(_folder, "written"));
        await _written.WriteBatchAsync(_blobs);
    }

    [GlobalCleanup]
    public void Cleanup() => Directory.Delete(_folder, recursive: true);

    [Benchmark]
    public Task<int> WriteNewBatch() => new FolderBlobStore(Path.Combine(_folder, $"store{_stores++}")).WriteBatchAsync(_blobs);

    [Benchmark]
    public Task<int> WriteSameBatchAgain() => _written!.WriteBatchAsync(_blobs);

    [Benchmark]
    public Task<BlobWriteResult> CreateOne() => _written!.CreateAsync($"state/{_stores++}.json", _blobs[0].Content);

    [Benchmark]
    public async Task<int> ListAll() => await _written!.ListAsync("records/").CountAsync();
}
