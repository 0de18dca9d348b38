using System.Text;
using IngestPipeline.Deduplication;
using IngestPipeline.Pipeline;
using IngestPipeline.Records;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Deduplication;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Pipeline;

/// <summary>The single writer as a live pipeline uses it: one stage kept alive, a publication every minute.</summary>
public sealed class DecisionStageTests : IDisposable
{
    private readonly InMemoryBlobStore _store = new();
    private readonly List<DecisionBook> _books = [];

    [Fact]
    public async Task Publishing_every_minute_leaves_a_segment_a_day_and_every_change_under_its_number()
    {
        var stage = await OpenAsync();
        var minutes = SegmentSeal.Together * 2 + 6;
        for (var minute = 0; minute < minutes; minute++)
            await PublishAsync(stage, minute, Texts.Noon.AddMinutes(minute));

        var manifest = await ManifestAsync();
        Assert.Equal([SegmentSeal.Together, SegmentSeal.Together, 1, 1, 1, 1, 1, 1], manifest.Segments.Select(s => s.Last - s.First + 1));

        await PublishAsync(stage, minutes, Texts.Noon.AddDays(1));

        manifest = await ManifestAsync();
        Assert.Equal([(1, minutes), (minutes + 1, minutes + 1)], manifest.Segments.Select(s => (s.First, s.Last)));
        Assert.Equal(minutes, manifest.Segments[0].Decisions);
        Assert.Equal(minutes + 1, manifest.Viewed);
        Assert.Equal(Enumerable.Range(1, minutes + 1).Select(StoreNames.Changes), await NamesAsync("changes/"));
        // What the manifest does not name is no more than what was joined last, kept for readers of the manifest before.
        Assert.Equal(
            manifest.Segments.Select(s => s.Name)
                .Concat(manifest.Retired.Where(r => r.StartsWith(StoreNames.DecisionSegments, StringComparison.Ordinal)))
                .Order(StringComparer.Ordinal),
            await NamesAsync("decisions/"));
    }

    [Fact]
    public async Task Stage_that_is_opened_again_goes_on_as_if_it_had_not_stopped()
    {
        var stage = await OpenAsync();
        for (var minute = 0; minute < SegmentSeal.Together + 3; minute++)
            await PublishAsync(stage, minute, Texts.Noon.AddMinutes(minute));

        var again = await OpenAsync();
        await PublishAsync(again, 0, Texts.Noon.AddMinutes(90), "copy");

        var copy = _books[^1].Find(Id("copy"))!;
        Assert.Equal((Id("0"), CopyKind.Exact), (copy.Decision.CanonicalId, copy.Decision.Kind));
        Assert.Equal("regrouped", _books[^1].Find(Id("0"))!.Cause);
    }

    [Fact]
    public async Task Window_that_is_full_is_told_in_one_line_and_decides_nothing_of_the_batch()
    {
        var stage = await OpenAsync(new() { MostArticles = 2 });
        await PublishAsync(stage, 0, Texts.Noon);
        await PublishAsync(stage, 1, Texts.Noon);

        var full = await Assert.ThrowsAsync<StorageException>(() => PublishAsync(stage, 2, Texts.Noon));

        Assert.Contains(
            "the copy window holds 2 of 2 articles at most, and 1 more come. Nothing of this batch was decided. Compare articles over fewer than 14 days",
            full.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await ManifestAsync()).Published);
        await PublishAsync(stage, 2, Texts.Noon.AddDays(20));
        Assert.Equal(3, (await ManifestAsync()).Published);
    }

    [Fact]
    public async Task Another_writer_is_noticed_and_the_stale_one_is_fenced_out()
    {
        var stale = await OpenAsync();
        await PublishAsync(stale, 0, Texts.Noon);
        Assert.True(await stale.IsCurrentAsync(CancellationToken.None));

        await PublishAsync(await OpenAsync(), 1, Texts.Noon.AddMinutes(1));

        Assert.False(await stale.IsCurrentAsync(CancellationToken.None));
        await Assert.ThrowsAsync<StorageException>(() => PublishAsync(stale, 2, Texts.Noon.AddMinutes(2)));
    }

    [Fact]
    public async Task Roll_ups_that_were_left_for_later_are_written_when_asked_for_or_when_the_store_is_opened()
    {
        var stage = await OpenAsync();
        await PublishAsync(stage, 0, Texts.Noon, rollUp: false);
        Assert.Empty(await NamesAsync("rollups/"));

        await stage.RollUpAsync(CancellationToken.None);
        Assert.Equal(["rollups/2025-03-10.ndjson.gz", "rollups/manifest.json"], await NamesAsync("rollups/"));

        await PublishAsync(stage, 1, Texts.Noon.AddDays(1), rollUp: false);
        await OpenAsync();
        Assert.Equal(3, (await NamesAsync("rollups/")).Count);
        Assert.Empty((await ManifestAsync()).BehindDays);
    }

    [Fact]
    public async Task Who_reads_by_cursor_finds_the_records_that_a_segment_names()
    {
        var missing = new List<string>();
        _books.Add(new());
        var stage = new DecisionStage(new UnorderedStore(_store, missing), _books[^1], new CopyDecider(), 14);
        await stage.OpenAsync(CancellationToken.None);

        await PublishAsync(stage, 0, Texts.Noon);
        await PublishAsync(stage, 0, Texts.Noon.AddMinutes(1), "copy");

        Assert.Equal(2, (await NamesAsync("changes/")).Count);
        Assert.Empty(missing);
    }

    [Fact]
    public void Manifest_of_the_first_version_is_read_with_a_publication_a_segment()
    {
        var manifest = DecisionManifest.Read(Encoding.UTF8.GetBytes(
            """{"schema":"decision-manifest/1","viewed":2,"segments":[{"name":"decisions/2025-03-10/000000001-a.ndjson","sha256":"a","decisions":3},{"name":"decisions/2025-03-11/000000002-b.ndjson","sha256":"b","decisions":1}]}"""));

        Assert.Equal([(1, 1, "2025-03-10"), (2, 2, "2025-03-11")], manifest.Segments.Select(s => (s.First, s.Last, s.Day)));
        Assert.Equal(2, manifest.Published);
    }

    public void Dispose() => _books.ForEach(b => b.Dispose());

    private async Task<DecisionStage> OpenAsync(CopyOptions? options = null)
    {
        _books.Add(new());
        var stage = new DecisionStage(_store, _books[^1], new CopyDecider(options), 14);
        await stage.OpenAsync(CancellationToken.None);
        return stage;
    }

    private async Task PublishAsync(DecisionStage stage, int story, DateTimeOffset seen, string? name = null, bool rollUp = true)
    {
        var article = new Article
        {
            Id = Id(name ?? story.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            FirstSeen = seen,
            Captured = seen,
            Metadata = new(),
            TextFrom = TextSource.Page,
            Blocks = [],
            Text = Texts.Report(story),
            ContentHash = new('c', 64),
        };
        await _store.CreateAsync(StoreNames.Article(StoreNames.Day(seen), article.Id, 1), ArticleJson.Write(article, "1-test"));
        await stage.AddAsync([new(CopyDocuments.Of(article), 1, seen, article.ContentHash, null, null, null)], CancellationToken.None);
        await stage.PublishAsync(StoreNames.Day(seen), CancellationToken.None, rollUp);
    }

    private static string Id(string name) => name.PadLeft(32, '0');

    private async Task<DecisionManifest> ManifestAsync() => DecisionManifest.Read((await _store.ReadAsync(StoreNames.DecisionManifest))!.Content.Span);

    private async Task<List<string>> NamesAsync(string prefix)
    {
        var names = new List<string>();
        await foreach (var item in _store.ListAsync(prefix))
            names.Add(item.Name);
        return names;
    }
}
