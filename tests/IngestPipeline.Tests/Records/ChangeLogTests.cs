using IngestPipeline.Pipeline;
using IngestPipeline.Records;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Pipeline;
using IngestPipeline.Tests.Storage;
using IngestPipeline.Verification;

namespace IngestPipeline.Tests.Records;

/// <summary>Who follows the changes log has, after any history, what a full read of the records gives.</summary>
public sealed class ChangeLogTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(14)]
    public async Task Who_reads_by_cursor_has_what_a_full_read_gives(int seed)
    {
        var store = new InMemoryBlobStore();
        using var history = new IndexHistory(store);
        var (often, seldom) = (new ChangesFollower(store), new ChangesFollower(store));
        var random = new Random(seed);
        foreach (var (articles, number) in IndexHistory.Publications(seed, 40).Select((a, i) => (a, i)))
        {
            if (number == 0 || random.Next(5) == 0)
                await history.OpenAsync();
            await history.PublishAsync(articles);
            if (number % 13 == 12)
                await TakeOutAsync(store, random, number);
            if (number % 13 == 12)
                await history.OpenAsync();
            await often.FollowAsync();
            if (random.Next(6) == 0)
                await seldom.FollowAsync();
            Assert.Empty(await often.StaleAsync());
        }

        await seldom.FollowAsync();
        Assert.Empty(await seldom.StaleAsync());
        Assert.Contains(often.Lines, l => l.IsRemoval);
        Assert.Equal(often.Lines.Count, often.Lines.DistinctBy(l => (l.Cursor, l.Id)).Count());
    }

    [Fact]
    public async Task A_lost_segment_is_written_anew_with_the_lines_about_canonical_articles()
    {
        var store = new InMemoryBlobStore();
        using var history = new IndexHistory(store);
        await history.OpenAsync();
        foreach (var articles in IndexHistory.Publications(8, 30))
            await history.PublishAsync(articles);
        var manifest = await history.ManifestAsync();
        var segments = new Dictionary<string, string>();
        var others = 0;
        foreach (var segment in manifest.Segments.Where(s => s.IsSingle))
        {
            var name = StoreNames.Changes(segment.First);
            segments[name] = Text((await store.ReadAsync(name))!);
            others += segments[name].Count(c => c == '\n') - segment.Decisions;
            await store.DeleteAsync(name);
        }

        await new DerivedCheck(store, manifest, new(repair: true)).RunAsync(default);

        Assert.True(others > 0);
        foreach (var (name, text) in segments)
            Assert.Equal(text, Text((await store.ReadAsync(name))!));
    }

    private static string Text(StoredBlob blob) => System.Text.Encoding.UTF8.GetString(blob.Content.Span);

    private static async Task TakeOutAsync(InMemoryBlobStore store, Random random, int number)
    {
        using var book = new DecisionBook();
        var stage = new DecisionStage(store, book, new(new() { WindowDays = IndexHistory.WindowDays }), IndexHistory.WindowDays);
        await stage.OpenAsync(default);
        var ids = book.Decisions().Where(_ => random.Next(8) == 0).Select(d => d.Id).ToList();
        var lines = await new ArticleRemoval(store, book, IndexHistory.WindowDays).DecideAsync(ids, PublishedDecision.Forgotten, default);
        await stage.RemoveAsync(StoreNames.Day(IngestPipeline.Tests.Deduplication.Texts.Noon.AddDays(100 + number)), lines, default);
    }
}
