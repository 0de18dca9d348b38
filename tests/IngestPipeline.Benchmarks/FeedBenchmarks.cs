using BenchmarkDotNet.Attributes;
using IngestPipeline.Feeds;

namespace IngestPipeline.Benchmarks;

/// <summary>Feeds: a bare pass over the XML and the whole reading.</summary>
public class FeedBenchmarks
{
    private readonly FeedReader _reader = new();
    private List<byte[]> _feeds = [];

    [GlobalSetup]
    public void Setup() => _feeds = Corpus.Feeds();

    [Benchmark(Baseline = true)]
    public void BareXml() => _feeds.ForEach(Yardsticks.BareXml);

    [Benchmark]
    public int Read() => _feeds.Sum(feed => _reader.Read(feed, new()).Entries.Count);
}
