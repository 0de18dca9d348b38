using IngestPipeline.Extraction;

namespace IngestPipeline.Tests.Extraction;

/// <summary>Pages made to cost time or memory. What is bounded is what they allocate, and that they end; a clock would say more about the machine.</summary>
[Trait("Speed", "Slow")]
public sealed class HostilePageTests
{
    private const long MostBytes = 256L * 1024 * 1024;

    public static TheoryData<string> Pages => [.. HostilePages.Names];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Ends_within_bounded_memory(string name)
    {
        var page = HostilePages.Page(name);
        var extractor = new ArticleExtractor();
        extractor.Extract(new(page.AsMemory(0, 200)));

        var work = Task.Run(() =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            extractor.Extract(new(page));
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });

        Assert.InRange(await work, 0, MostBytes);
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
