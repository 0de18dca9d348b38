using BenchmarkDotNet.Attributes;
using IngestPipeline.Deduplication;

namespace IngestPipeline.Benchmarks;

/// <summary>Copies: tokenising and hashing alone, plain MinHash LSH, and our decisions.</summary>
public class CopyBenchmarks
{
    private readonly List<ulong> _hashes = [];
    private List<CopyDocument> _documents = [];

    [GlobalSetup]
    public void Setup() => _documents = [.. Corpus.Documents().Take(2000)];

    [Benchmark(Baseline = true)]
    public void TokeniseAndHash() => _documents.ForEach(d => Yardsticks.ShingleHashes(d, _hashes));

    [Benchmark]
    public int PlainMinHashLsh() => new MinHashLsh().Group(_documents).Distinct().Count();

    [Benchmark]
    public int Decide() => new CopyDecider().Add(_documents).Count;
}
