using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using IngestPipeline.Extraction;

namespace IngestPipeline.Tests.Extraction;

/// <summary>Articles as systems of many kinds set them, in many languages: <c>Fixtures/invented-articles.txt</c> says how to read it.</summary>
public sealed partial class InventedArticlesTests
{
    private static readonly ArticleExtractor Extractor = new();

    private static readonly IReadOnlyDictionary<string, Page> Pages = Read().ToDictionary(p => p.Name, StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. Pages.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Takes_the_article_and_nothing_else(string name)
    {
        var page = Pages[name];

        var text = Extractor.Extract(new(Encoding.UTF8.GetBytes(page.Html), new("https://www.site.example/2026/04/story"), null, "utf-8")).Text;

        Assert.Equal(page.Text, text);
    }

    private static IEnumerable<Page> Read()
    {
        var texts = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(Fixture("invented-articles.json"))!;
        foreach (var block in Fixture("invented-articles.txt").Split("\n=== ").Skip(1))
        {
            var parts = block.Split("\n---\n");
            var language = parts[0].Split(':')[0];
            var own = texts.GetValueOrDefault(language) ?? [];
            var title = own.GetValueOrDefault("title");
            yield return new(
                parts[0], Fill(parts[1], own).Replace("\n", "\n\n", StringComparison.Ordinal),
                $"<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{title}</title></head>{Fill(parts[2], own)}</html>");
        }
    }

    private static string Fill(string text, Dictionary<string, string> own) => Placeholder().Replace(text, m => own[m.Groups[1].Value]);

    private static string Fixture(string name) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Extraction", "Fixtures", name), Encoding.UTF8).ReplaceLineEndings("\n");

    [GeneratedRegex(@"\{(\w+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();

    private sealed record Page(string Name, string Text, string Html);
}
