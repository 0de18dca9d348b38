using System.Text;
using IngestPipeline.Extraction;
using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Tests.Extraction.Metadata;

/// <summary>Pages of kinds that sites have in many languages, all in one table: <c>Fixtures/invented-pages.txt</c> says how to read it.</summary>
public sealed class InventedPagesTests
{
    private const string Text =
        "<p>The ferry was late because the harbour had been closed since the storm, and nobody knew when it would open again for the boats that wait outside.</p>"
        + "<p>People stood on the pier with their bags and their dogs, and the shop at the corner sold more tea on that morning than in the whole month before.</p>";

    private const string Others = """
        <aside class="related"><h3><a href="/2025/12/01/cliffs">Walk along the cliffs before winter</a></h3><span class="author">By Zoe Quist</span> <time datetime="2025-12-01">December 1, 2025</time>
        <h3><a href="/2026/02/02/cats">Cats of the island</a></h3><span class="author">Max Stone</span> <time datetime="2026-02-02">February 2, 2026</time></aside>
        """;

    private static readonly IReadOnlyDictionary<string, Page> Pages = Read().ToDictionary(p => p.Name, StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. Pages.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Reads_headline_names_and_day(string name)
    {
        var page = Pages[name];
        using var document = TreeParser.Parse(page.Html);

        var metadata = MetadataReader.Read(document, new(page.Values.GetValueOrDefault("url", "https://www.site.example/news/story")));

        var people = metadata.Authors is { } authors ? string.Join("; ", authors.Value) : null;
        var credit = metadata.Credit is { } credited ? string.Join("; ", credited.Value) : null;
        Assert.Equal(
            $"{page.Values["title"]} | {page.Values.GetValueOrDefault("authors")} | {page.Values.GetValueOrDefault("credit")} | {page.Values["date"]}",
            $"{metadata.Title?.Value} | {people} | {(people is null ? credit : null)} | {metadata.Published?.Value.Day:yyyy-MM-dd}");
    }

    private static IEnumerable<Page> Read()
    {
        var file = File.ReadAllText(
            Path.Combine(AppContext.BaseDirectory, "Extraction", "Metadata", "Fixtures", "invented-pages.txt"), Encoding.UTF8).ReplaceLineEndings("\n");
        foreach (var block in file.Split("\n=== ").Skip(1))
        {
            var edge = block.IndexOf("\n---\n", StringComparison.Ordinal);
            var head = block[..edge].Split('\n');
            var values = head.Skip(1).Select(l => l.Split(": ", 2)).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
            var html = block[(edge + 5)..].Replace("{text}", Text, StringComparison.Ordinal).Replace("{others}", Others, StringComparison.Ordinal);
            yield return new(head[0], values, $"<!doctype html><html lang=\"{values["lang"]}\">{html}</body></html>");
        }
    }

    private sealed record Page(string Name, IReadOnlyDictionary<string, string> Values, string Html);
}
