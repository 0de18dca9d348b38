using IngestPipeline.Cli.Batch;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Deduplication;
using IngestPipeline.Extraction;
using IngestPipeline.Pipeline;
using IngestPipeline.Storage;

namespace IngestPipeline.Cli.Comparing;

/// <summary>An article to compare, from a page, a text file or a store.</summary>
internal static class ComparedArticle
{
    /// <exception cref="CliException">The file cannot be read or holds no text.</exception>
    public static CopyDocument FromFile(string path, string id, Terminal terminal)
    {
        var body = InputFile.Read(path, terminal.Input);
        var article = new ArticleExtractor().Extract(new(body, null, null, null, InputFile.IsText(path, body)));
        if (article.Text.Length == 0)
            throw new CliException(
                $"{path}: no article text was found{(article.Reason is null ? "" : $" ({article.Reason})")}; name a page that holds an article, or its text as .txt");
        var metadata = article.Metadata;
        return Normalized(new()
        {
            Id = id,
            Title = metadata.Title?.Value ?? "",
            Text = article.Text,
            Source = metadata.Outlet?.Value,
            FirstSeen = metadata.Published?.Value.Instant,
            Url = metadata.CanonicalUrl?.Value,
            Language = metadata.Language?.Value,
            Agency = metadata.Agency?.Value,
        });
    }

    /// <exception cref="CliException">The store has no such article.</exception>
    public static async Task<(CopyDocument A, CopyDocument B)> FromStoreAsync(string location, string a, string b, CancellationToken cancellation)
    {
        var store = BlobStoreFactory.Open(location);
        var (idA, idB) = (Id(a), Id(b));
        if (idA == idB)
            throw new CliException("both names mean one article; name two.");
        var found = await StoredDocuments.FindAsync(store, [idA, idB], cancellation);
        return (Normalized(Of(idA, a)), Normalized(Of(idB, b)));

        CopyDocument Of(string id, string name) =>
            found.GetValueOrDefault(id) ?? throw new CliException($"{store.Location}: holds no article {name}; look for its id in records/");
    }

    private static string Id(string name)
    {
        if (name.Length == 32 && name.All(char.IsAsciiHexDigitLower))
            return name;
        return ArticleUrl.TryCreate(name)?.Id ?? throw new CliException($"{name}: neither an article id (32 hexadecimal digits) nor an http address");
    }

    // Places of passages are of the text in Unicode form C.
    private static CopyDocument Normalized(CopyDocument document) => document with { Text = TokenizedText.Normalize(document.Text) };
}
