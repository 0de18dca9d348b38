using System.Text.Json;
using IngestPipeline.Extraction;

namespace IngestPipeline.Records;

/// <summary>An article's facts as JSON (<c>docs/schemas/article.schema.json</c>).</summary>
internal static class ArticleJson
{
    /// <summary>Counted up when the shape of articles or records changes, and <see cref="StoreSchema.Current"/> with it.</summary>
    public const string Schema = "article/2";

    public static byte[] Write(Article article, string pipelineVersion) => RecordJson.Object(json => WriteFields(json, article, pipelineVersion));

    /// <summary>The same in room that is used again.</summary>
    public static ReadOnlyMemory<byte> Write(Article article, string pipelineVersion, RecordRoom room) =>
        RecordJson.Object(json => WriteFields(json, article, pipelineVersion), room);

    private static void WriteFields(Utf8JsonWriter json, Article article, string pipelineVersion)
    {
        var metadata = article.Metadata;
        json.WriteString("schema", Schema);
        json.WriteString("id", article.Id);
        json.WriteNumber("revision", article.Revision);
        json.WriteString("url", article.Url);
        json.WriteString("finalUrl", article.FinalUrl);
        RecordJson.Sourced(json, "canonicalUrl", metadata.CanonicalUrl);
        WriteFeed(json, article.Feed);
        RecordJson.Sourced(json, "outlet", metadata.Outlet);
        RecordJson.Sourced(json, "title", metadata.Title);
        RecordJson.Sourced(json, "standfirst", metadata.Standfirst);
        RecordJson.Sourced(json, "authors", metadata.Authors, RecordJson.Texts);
        RecordJson.Sourced(json, "credit", metadata.Credit, RecordJson.Texts);
        RecordJson.Sourced(json, "published", metadata.Published, static (j, date) => j.WriteStringValue(date.ToString()));
        RecordJson.Sourced(json, "updated", metadata.Modified, static (j, date) => j.WriteStringValue(date.ToString()));
        RecordJson.Sourced(json, "language", metadata.Language);
        RecordJson.Sourced(json, "section", metadata.Section);
        RecordJson.Sourced(json, "leadImage", metadata.LeadImage);
        RecordJson.Sourced(json, "agency", metadata.Agency);
        RecordJson.Sourced(json, "datelinePlace", metadata.DatelinePlace);
        json.WriteString("firstSeen", RecordJson.Time(article.FirstSeen));
        json.WriteString("captured", RecordJson.Time(article.Captured));
        json.WriteString("textFrom", RecordJson.Name(article.TextFrom));
        RecordJson.Text(json, "text", article.Text);
        WriteBlocks(json, article.Blocks);
        WriteRemoved(json, article);
        if (article.Learned is not null)
            json.WriteString("learned", article.Learned);
        json.Texts("flags", article.Flags);
        WriteRaw(json, article);
        json.WriteString("contentHash", article.ContentHash);
        json.WriteString("pipelineVersion", pipelineVersion);
    }

    private static void WriteFeed(Utf8JsonWriter json, ArticleFeed? feed)
    {
        if (feed is null)
        {
            json.WriteNull("feed");
            return;
        }

        json.WriteStartObject("feed");
        json.WriteString("url", feed.Url);
        json.WriteString("title", feed.Title);
        json.WriteString("entryId", feed.EntryId);
        if (feed.Rights is not null)
            json.WriteString("rights", feed.Rights);
        json.WriteEndObject();
    }

    private static void WriteBlocks(Utf8JsonWriter json, IReadOnlyList<Block> blocks)
    {
        json.WriteStartArray("blocks");
        foreach (var block in blocks)
        {
            json.WriteStartObject();
            json.WriteString("kind", RecordJson.Name(block.Kind));
            RecordJson.Text(json, "text", block.Text);
            if (block.Level > 0)
                json.WriteNumber("level", block.Level);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRemoved(Utf8JsonWriter json, Article article)
    {
        json.WriteStartArray("removed");
        foreach (var block in article.Removed)
        {
            json.WriteStartObject();
            RecordJson.Text(json, "text", block.Text);
            json.WriteString("rule", block.Rule);
            json.WriteString("reason", block.Reason);
            json.WriteNumber("position", block.Position);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRaw(Utf8JsonWriter json, Article article)
    {
        if (article.Raw is not { } raw)
        {
            json.WriteNull("raw");
            return;
        }

        json.WriteStartObject("raw");
        json.WriteString("url", raw.Url);
        json.WriteString("date", RecordJson.Time(raw.Date));
        json.WriteString("sha256", raw.PayloadSha256);
        json.WriteEndObject();
    }
}
