using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Retention;

/// <summary>
/// What a store has let go (<c>retention.json</c>). A raw pointer dated before <paramref name="CapturesFrom"/> leads to nothing any more: it has expired.
/// </summary>
/// <param name="Day">The day on which retention last ran to its end; null = never.</param>
/// <param name="CapturesFrom">The first day whose captures are kept; null = all were.</param>
/// <param name="ArticlesFrom">The first day whose articles are kept; null = all were.</param>
public sealed record RetentionMark(string? Day, string? CapturesFrom, string? ArticlesFrom)
{
    private const string Schema = "retention/1";

    internal static RetentionMark None { get; } = new(null, null, null);

    /// <summary>What a store has let go; nothing when it says nothing.</summary>
    public static async Task<RetentionMark> ReadAsync(IBlobStore store, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        return await store.ReadAsync(StoreNames.Retention, cancellation).ConfigureAwait(false) is { } blob ? Read(blob.Content.Span) : None;
    }

    /// <summary>With days let go; a day that was let go stays so.</summary>
    internal RetentionMark From(string? captures, string? articles) =>
        this with { CapturesFrom = Later(CapturesFrom, captures), ArticlesFrom = Later(ArticlesFrom, articles) };

    internal byte[] ToJson() => RecordJson.Object(json =>
    {
        json.WriteString("schema", Schema);
        json.WriteString("day", Day);
        json.WriteString("capturesFrom", CapturesFrom);
        json.WriteString("articlesFrom", ArticlesFrom);
    });

    private static RetentionMark Read(ReadOnlySpan<byte> bytes) =>
        StoreDamage.TryRead<RetentionMark>(
            bytes,
            Schema,
            json => new(RecordJson.Text(json, "day"), RecordJson.Text(json, "capturesFrom"), RecordJson.Text(json, "articlesFrom"))) ?? None;

    private static string? Later(string? one, string? other) => string.CompareOrdinal(one, other) >= 0 ? one : other;
}
