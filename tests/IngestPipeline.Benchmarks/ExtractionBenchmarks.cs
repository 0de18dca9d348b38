using System.Text;
using BenchmarkDotNet.Attributes;
using IngestPipeline.Extraction;

namespace IngestPipeline.Benchmarks;

/// <summary>Pages: the bare parse and the whole extraction.</summary>
public class ExtractionBenchmarks
{
    private readonly ArticleExtractor _extractor = new();
    private List<byte[]> _pages = [];
    private List<string> _texts = [];

    [GlobalSetup]
    public void Setup()
    {
        _pages = Corpus.Pages(20);
        _texts = [.. _pages.Select(Encoding.UTF8.GetString)];
    }

    [Benchmark(Baseline = true)]
    public void BareParse() => _texts.ForEach(Yardsticks.BareParse);

    [Benchmark]
    public int Extract() => _pages.Sum(page => _extractor.Extract(new(page)).Blocks.Count);
}
