using FsCheck;
using FsCheck.Fluent;
using IngestPipeline.Records;
using IngestPipeline.Search;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Cli;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Search;

public sealed class SearchIndexTests : IDisposable
{
    private static readonly string Samples = Path.Combine(RepositoryRoot.Path, "samples");

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("ferry engine", 3)]
    [InlineData("FERRY Engíne", 3)]
    [InlineData("\"engine room\"", 3)]
    [InlineData("\"room engine\"", 0)]
    [InlineData("mari* tugs", 3)]
    [InlineData("choir OR engine", 4)]
    [InlineData("ferry -engine", 2)]
    [InlineData("title:ferry", 0)]
    public async Task Finds_what_holds_the_words(string words, int hits)
    {
        using var index = await OpenAsync();

        var found = index.Find(words, new(), 50);

        Assert.Equal(hits, found.Total);
        Assert.Equal(hits, found.Hits.Count);
    }

    [Fact]
    public async Task Snippets_mark_what_was_found_and_a_headlines_word_counts_more()
    {
        using var index = await OpenAsync();

        var hits = index.Find("choir", new(), 5).Hits;

        Assert.Contains("choir", hits[0].Title, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(hits, h => h.Snippet.Contains(SearchIndex.MarkStart + "choir" + SearchIndex.MarkEnd, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Filters_by_outlet_day_language_story_and_originals_alone()
    {
        using var index = await OpenAsync();
        var all = index.Find("ferry", new(), 50);
        var story = index.Find("engine", new(), 1).Hits[0].StoryId;

        Assert.Equal(all.Total, index.Find("ferry", new() { From = "2026-03-14", To = "2026-03-15", Language = "en" }, 50).Total);
        Assert.Equal(0, index.Find("ferry", new() { Language = "de" }, 50).Total);
        Assert.Equal(0, index.Find("ferry", new() { To = "2026-03-13" }, 50).Total);
        Assert.All(index.Find("ferry", new() { Outlet = "harbour post" }, 50).Hits, h => Assert.Equal("Harbour Post", h.Outlet));
        Assert.Equal(index.Find("ferry", new() { Outlet = "Harbour Post" }, 50).Total, index.Find("ferry", new() { Outlet = "harbourpost.example" }, 50).Total);
        Assert.Equal(3, index.Find("ferry", new() { Story = story }, 50).Total);
        Assert.Equal(1, index.Find("engine", new() { Canonical = true }, 50).Total);
        Assert.Single(index.Find("ferry", new(), 1).Hits);
    }

    [Fact]
    public async Task Follows_the_store_by_its_changes()
    {
        // Saturday's captures first, then the whole: the second opening reads what changed only.
        var saturday = _folder["saturday"];
        CopyFolder(Samples, saturday, f => !f.Contains("sunday", StringComparison.Ordinal) && !f.EndsWith("captures.jsonl", StringComparison.Ordinal));
        File.WriteAllLines(
            Path.Combine(saturday, "captures.jsonl"),
            File.ReadLines(Path.Combine(Samples, "captures.jsonl")).Where(l => !l.Contains("2026-03-15", StringComparison.Ordinal)));
        await CliRun.RunAsync("replay", saturday, "--out", _folder["store"], "--quiet");
        var file = _folder["index.db"];
        int before;
        using (var index = await SearchIndex.OpenAsync(new FolderBlobStore(_folder["store"]), file))
            before = (int)index.Find("the", new(), 100).Total;

        await CliRun.RunAsync("replay", Samples, "--out", _folder["store"], "--quiet");
        var read = new List<long>();
        using (var index = await SearchIndex.OpenAsync(new FolderBlobStore(_folder["store"]), file, new Recorder(read)))
        {
            using var fresh = await SearchIndex.OpenAsync(new FolderBlobStore(_folder["store"]), _folder["fresh.db"]);
            var (found, expected) = (index.Find("the", new(), 100), fresh.Find("the", new(), 100));
            Assert.Equal(
                expected.Hits.Select(h => h with { Snippet = "" }).OrderBy(h => h.Id), found.Hits.Select(h => h with { Snippet = "" }).OrderBy(h => h.Id));
            Assert.True(found.Total > before);
        }

        Assert.InRange(read.Max(), 1, 11);
    }

    [Fact]
    public async Task An_index_that_is_up_to_date_is_not_written_and_a_damaged_one_is_made_again()
    {
        using (await OpenAsync())
        {
        }

        var read = new List<long>();
        using (await SearchIndex.OpenAsync(new FolderBlobStore(_folder["store"]), _folder["index.db"], new Recorder(read)))
            Assert.Empty(read);
        File.WriteAllText(_folder["index.db"], "no database at all, but long enough to look like something that might be one");
        using var again = await OpenAsync();
        Assert.Equal(3, again.Find("ferry engine", new(), 5).Total);
    }

    [Fact]
    public async Task Another_store_at_the_same_place_is_noticed()
    {
        using (await OpenAsync())
        {
        }

        Directory.Delete(_folder["store"], recursive: true);
        var one = Directory.CreateDirectory(_folder["one"]).FullName;
        File.WriteAllText(
            Path.Combine(one, "page.html"),
            "<html lang=en><body><article><h1>Lighthouse keeper retires after forty years</h1>"
                + string.Concat(
                    Enumerable.Repeat(
                        "<p>The keeper of the northern lighthouse handed over the keys on Friday, as a machine has done the work since spring and nobody was needed any more.</p>",
                        4))
                + "</article></body></html>");
        await CliRun.RunAsync("replay", one, "--out", _folder["store"], "--quiet", "--articles", "all");
        using var index = await SearchIndex.OpenAsync(new FolderBlobStore(_folder["store"]), _folder["index.db"]);

        Assert.Equal(1, index.Find("lighthouse", new(), 5).Total);
        Assert.Equal(0, index.Find("ferry", new(), 5).Total);
    }

    [Fact]
    public async Task Scripts_without_spaces_are_found_by_words_within()
    {
        var store = new FolderBlobStore(_folder["store"]);
        await new Shared.SampleStore(2, 40).WriteAsync(store);
        using var index = await SearchIndex.OpenAsync(store, _folder["index.db"]);

        var found = index.Find("防洪墙", new(), 5);

        Assert.True(found.Total > 0);
        Assert.All(found.Hits, h => Assert.DoesNotContain('\u200B', h.Snippet + h.Title));
        Assert.Equal(0, index.Find("防墙洪", new(), 5).Total);
        Assert.True(index.Find("المجلس", new(), 5).Total > 0);
    }

    [Fact]
    public async Task Whatever_is_typed_is_words_and_never_a_fault_of_syntax()
    {
        using var index = await OpenAsync();
        foreach (var typed in new[] { "\"", "\"\"", "AND", "NEAR(a b)", "a AND", "OR OR", "-", "--", "-a", "*", "a*b*", "{x} : y", "^a", "a\"b", "(", "'", "a\0b", "text:ferry OR", "😀" })
            index.Find(typed, new(), 3);

        Prop.ForAll(ArbMap.Default.ArbFor<string>().Filter(s => s is not null), typed => Assert.True(index.Find(typed, new(), 3).Total >= 0)).Hold();
    }

    public void Dispose() => _folder.Dispose();

    private async Task<SearchIndex> OpenAsync()
    {
        if (!Directory.Exists(_folder["store"]))
            await CliRun.RunAsync("replay", Samples, "--out", _folder["store"], "--quiet");
        return await SearchIndex.OpenAsync(new FolderBlobStore(_folder["store"]), _folder["index.db"]);
    }

    private static void CopyFolder(string from, string to, Func<string, bool> wanted)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(wanted))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private sealed class Recorder(List<long> into) : IProgress<long>
    {
        public void Report(long value) => into.Add(value);
    }
}
