using System.Text;
using IngestPipeline.Extraction;

namespace IngestPipeline.Tests.Extraction;

/// <summary>Pages made to cost time or memory. What is bounded is what they allocate, and that they end; a clock would say more about the machine.</summary>
[Trait("Speed", "Slow")]
public sealed class HostilePageTests
{
    private const long MostBytes = 256L * 1024 * 1024;

    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(60);

    public static TheoryData<string, int> Pages => new()
    {
        { "<p>", 79_000 },
        { "<p>x", 79_000 },
        { "<li>x", 79_000 },
        { "x<br>", 79_000 },
        { "<p>Some words of a text, and more.</p>", 79_000 },
        { "<a href=x>link</a> ", 79_000 },
        { "<p a=b c=d>x", 79_000 },
        { "<table><i>x</i></table>", 39_000 },
        { "<table><i>x</i>", 900 },
        { "<table>x<tr>", 900 },
        { "x<!---->", 600_000 },
        { "word ", 1_000_000 },
        { "&amp;", 1_000_000 },
        { "<p><b>x</p>", 30_000 },
        { "<svg><path d=x /></svg>", 39_000 },
        { "<script>a</script>", 79_000 },
        { "<select><option>x", 79_000 },
        { "<template>x</template>", 79_000 },
        { "<h1>Headline words here</h1>", 79_000 },
        { "<time datetime=2020-01-01>1 May 2020</time><p>", 39_000 },
        { "<div class=author>By Jane Doe</div>", 79_000 },
        { "<span itemprop=author itemscope itemtype=Person>x</span>", 60_000 },
        { "<p>1 May 2020 by Jane Doe</p>", 79_000 },
        { "<script type=application/ld+json>[[[[{\"@type\":\"NewsArticle\"},</script>", 60_000 },
        { "<a><b><p>", 900 },
        { "<div>", 100_000 },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Ends_within_bounded_memory(string piece, int times)
    {
        var page = Encoding.UTF8.GetBytes("<html><body>" + string.Concat(Enumerable.Repeat(piece, times)));
        var extractor = new ArticleExtractor();
        extractor.Extract(new(page.AsMemory(0, 200)));

        var work = Task.Run(() =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            extractor.Extract(new(page));
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });

        Assert.InRange(await work.WaitAsync(Generous), 0, MostBytes);
    }

    [Fact]
    public void Fostered_elements_of_one_table_end_within_bounded_memory()
    {
        var page = Encoding.UTF8.GetBytes("<table>" + string.Concat(Enumerable.Repeat("<i>x</i>", 79_000)));
        var before = GC.GetAllocatedBytesForCurrentThread();
        new ArticleExtractor().Extract(new(page));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
    }

    [Fact]
    public void Takes_a_page_with_thousands_of_shapes_in_its_drawings()
    {
        var drawing = $"<svg viewBox='0 0 9 9'><g>{string.Concat(Enumerable.Repeat("<path d='M0 0'/><rect width=\"1\" />", 3_000))}</g></svg>";
        Assert.Null(HtmlPreScan.Refuse(drawing + "<p>Text</p>"));
        Assert.NotNull(HtmlPreScan.Refuse("<svg><p>" + string.Concat(Enumerable.Repeat("<path/>", 3_000))));
        Assert.NotNull(HtmlPreScan.Refuse(string.Concat(Enumerable.Repeat("<path/>", 3_000))));
    }
}
