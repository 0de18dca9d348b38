using System.Text.Json;
using IngestPipeline.Extraction;

namespace IngestPipeline.Tests.Boilerplate;

/// <summary>The seed articles stand beside the checkout and are not part of it: without them there is nothing to check.</summary>
public sealed class SeedArticlesTests
{
    [Fact]
    public void Keeps_every_wanted_segment_of_the_seed_articles_and_no_unwanted_one()
    {
        if (RepositoryRoot.Bench is not { } bench)
            return;

        var faults = new List<string>();
        foreach (var line in File.ReadLines(Path.Combine(bench, "seeds", "truth.jsonl")))
        {
            using var truth = JsonDocument.Parse(line);
            var id = truth.RootElement.GetProperty("id").GetString()!;
            var text = new ArticleExtractor().Extract(new(File.ReadAllBytes(Path.Combine(bench, "seeds", id + ".txt")), IsPlainText: true)).Text;
            faults.AddRange(Segments(truth, "with").Where(s => !text.Contains(s, StringComparison.Ordinal)).Select(s => $"{id} lost: {s}"));
            faults.AddRange(Segments(truth, "without").Where(s => text.Contains(s, StringComparison.Ordinal)).Select(s => $"{id} left in: {s}"));
        }

        Assert.Empty(faults);
    }

    private static IEnumerable<string> Segments(JsonDocument truth, string name) =>
        truth.RootElement.TryGetProperty(name, out var list) ? list.EnumerateArray().Select(s => s.GetString()!) : [];
}
