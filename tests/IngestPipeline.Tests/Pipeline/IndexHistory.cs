using System.Globalization;
using IngestPipeline.Deduplication;
using IngestPipeline.Pipeline;
using IngestPipeline.Records;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Deduplication;

namespace IngestPipeline.Tests.Pipeline;

/// <summary>A random history of publications, and a single writer that lives through it or begins anew from the store between any two of them.</summary>
internal sealed class IndexHistory(IBlobStore store, bool lazily = false) : IDisposable
{
    public const int WindowDays = 5;

    private DecisionBook? _book;
    private StoredCards? _cards;

    public DecisionStage? Stage { get; private set; }

    public StoredCards Cards => _cards!;

    /// <summary>Reports, copies, cut and padded ones with a site's own block, revisions, late and undated ones: over weeks, a few at once.</summary>
    public static IReadOnlyList<IReadOnlyList<Article>> Publications(int seed, int count, bool undated = true)
    {
        var random = new Random(seed);
        var block = Texts.Report(999, 6);
        var publications = new List<IReadOnlyList<Article>>();
        var known = new List<Article>();
        var time = Texts.Noon;
        for (var i = 0; i < count; i++)
        {
            time = time.AddHours(random.Next(8) switch { 0 => 60, 1 => 30, 2 => 7, _ => 1 });
            var batch = new Dictionary<string, Article>(StringComparer.Ordinal);
            for (var n = random.Next(1, 6); n > 0; n--)
            {
                var revised = known.Count > 0 && random.Next(12) == 0 ? known[random.Next(known.Count)] : null;
                var story = random.Next(Math.Max(1, (i / 3) - 4), (i / 3) + 2);
                var seen = random.Next(20) switch { 0 when undated => (DateTimeOffset?)null, 1 => time.AddDays(-random.Next(9)), _ => time.AddMinutes(n) };
                var article = Article(
                    revised?.Id ?? string.Create(CultureInfo.InvariantCulture, $"{i:0000}{n:00}").PadLeft(32, '0'),
                    Text(random, story, block, i),
                    revised is null ? seen : revised.FirstSeen,
                    random.Next(4),
                    (revised?.Revision ?? 0) + 1);
                batch[article.Id] = article;
            }

            publications.Add([.. batch.Values]);
            known.RemoveAll(k => batch.ContainsKey(k.Id));
            known.AddRange(batch.Values);
        }

        return publications;
    }

    /// <summary>Begins anew: nothing but the store is known.</summary>
    public async Task OpenAsync()
    {
        Dispose();
        _book = new();
        _cards = new(store, null);
        var book = _book;
        // Hardly anything stays at hand.
        Stage = new(store, book, new CopyDecider(new() { WindowDays = WindowDays }, new(_cards, id => book.Find(id)?.Decision, 2_000)), WindowDays, _cards);
        await Stage.OpenAsync(CancellationToken.None, lazily);
    }

    public async Task PublishAsync(IReadOnlyList<Article> articles)
    {
        await store.WriteBatchAsync(
            [.. articles.Select(a => new BlobWrite(StoreNames.Article(StoreNames.Day(a.FirstSeen), a.Id, a.Revision), ArticleJson.Write(a, "1-test")))]);
        await Stage!.AddAsync(
            [.. articles.Select(a => new DecidedArticle(CopyDocuments.Of(a), a.Revision, a.Captured, a.ContentHash, null, a.Url, a.Metadata.Title?.Value))],
            CancellationToken.None);
        await Stage.PublishAsync(StoreNames.Day(articles.Max(a => a.Captured)), CancellationToken.None);
    }

    public async Task<DecisionManifest> ManifestAsync() => DecisionManifest.Read((await store.ReadAsync(StoreNames.DecisionManifest))!.Content.Span);

    public void Dispose()
    {
        _book?.Dispose();
        _cards?.Dispose();
    }

    private static string Text(Random random, int story, string block, int i)
    {
        var report = Texts.Report(story);
        return random.Next(6) switch
        {
            0 => report[..(report.Length / 2)],
            1 => report + "\n\n" + block,
            2 => Texts.Report(4000 + i, 4) + "\n\n" + report,
            3 => block + "\n\n" + Texts.Report(5000 + i),
            _ => report,
        };
    }

    private static Article Article(string id, string text, DateTimeOffset? seen, int outlet, int revision) => new()
    {
        Id = id,
        Revision = revision,
        Url = $"https://outlet{outlet}.example/{id}",
        FirstSeen = seen,
        Captured = seen?.AddDays(revision - 1),
        Metadata = new() { Title = new("Report " + id, "test") },
        TextFrom = TextSource.Page,
        Blocks = [],
        Text = text,
        ContentHash = new((char)('a' + (revision % 6)), 64),
    };
}
