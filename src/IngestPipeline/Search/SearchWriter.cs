using IngestPipeline.Archive.Index;
using IngestPipeline.Records;
using Microsoft.Data.Sqlite;

namespace IngestPipeline.Search;

/// <summary>Puts records into an index in place of their earlier states.</summary>
internal sealed class SearchWriter(SqliteConnection connection) : IDisposable
{
    private readonly SqliteCommand _delete = connection.Prepared(SearchSchema.Delete, "$id");
    private readonly SqliteCommand _article = connection.Prepared(
        SearchSchema.InsertArticle, "$id", "$day", "$seen", "$outlet", "$site", "$language", "$title", "$url", "$kind", "$canonical", "$story");
    private readonly SqliteCommand _text = connection.Prepared(SearchSchema.InsertText, "$number", "$title", "$text", "$outlet");

    public long Written { get; private set; }

    public void Put(RecordFields record)
    {
        var id = record.Id;
        if (id.Length == 0)
            return;
        var (title, outlet, url, copy) = (record.Value("title"), record.Value("outlet") ?? record["feed"]?.Text("title"), record.Text("url"), record["copy"]);
        _delete.Run(id);
        _article.Bind(
            id, StoreNames.Day(record.FirstSeen), record.Text("firstSeen"), outlet, SafeLink.Site(url) ?? SafeLink.Site(record["feed"]?.Text("url")),
            record.Value("language"), title, url,
            copy?.Text("kind") ?? "unique", copy?.Text("canonicalId") ?? id, record.Text("storyId") ?? id);
        var number = (long)_article.ExecuteScalar()!;
        _text.Run(number, SearchWords.Spaced(title ?? ""), SearchWords.Spaced(record.Text("text") ?? ""), SearchWords.Spaced(outlet ?? ""));
        Written++;
    }

    /// <summary>Takes a record out.</summary>
    public void Remove(string id) => _delete.Run(id);

    public void Dispose()
    {
        _delete.Dispose();
        _article.Dispose();
        _text.Dispose();
    }
}
