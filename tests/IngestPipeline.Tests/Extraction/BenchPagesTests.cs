using System.IO.Compression;
using System.Text;
using IngestPipeline.Extraction;

namespace IngestPipeline.Tests.Extraction;

/// <summary>The bench pages stand beside the checkout and are not part of it: without them there is nothing to check.</summary>
public sealed class BenchPagesTests
{
    [Fact]
    public void Cleaning_cleaned_text_changes_nothing()
    {
        var extractor = new ArticleExtractor();
        var faults = new List<string>();
        foreach (var page in Pages(12))
        {
            var once = extractor.Extract(new(Read(page))).Text;
            var twice = extractor.Extract(new(Encoding.UTF8.GetBytes(once), IsPlainText: true));
            if (twice.Text != once)
                faults.Add($"{Path.GetFileName(page)}: {string.Join(" // ", twice.Removed.Take(2).Select(r => r.Rule + " " + r.Text))}");
        }

        Assert.Empty(faults);
    }

    [Fact]
    public void The_same_page_gives_the_same_blocks_again()
    {
        foreach (var page in Pages(3))
        {
            var body = Read(page);

            Assert.Equal(new ArticleExtractor().Extract(new(body)).Blocks, new ArticleExtractor().Extract(new(body)).Blocks);
        }
    }

    private static IEnumerable<string> Pages(int each)
    {
        if (RepositoryRoot.Bench is not { } bench)
            return [];

        return Directory.EnumerateDirectories(Path.Combine(bench, "extraction")).Order(StringComparer.Ordinal)
            .SelectMany(set => Directory.EnumerateFiles(Path.Combine(set, "pages"), "*.html.gz").Order(StringComparer.Ordinal).Take(each));
    }

    private static byte[] Read(string file)
    {
        using var zipped = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var memory = new MemoryStream();
        zipped.CopyTo(memory);
        return memory.ToArray();
    }
}
