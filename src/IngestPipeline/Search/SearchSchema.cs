namespace IngestPipeline.Search;

/// <summary>The tables of a search index.</summary>
internal static class SearchSchema
{
    /// <summary>Changes with the tables: an index of another shape is built anew.</summary>
    public const string Version = "search/2";

    public const string Create = """
        DROP TABLE IF EXISTS meta;
        DROP TABLE IF EXISTS articles;
        DROP TABLE IF EXISTS texts;
        CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE articles (
            number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, day TEXT NOT NULL, seen TEXT, outlet TEXT, site TEXT, language TEXT, title TEXT, url TEXT,
            kind TEXT NOT NULL, canonical TEXT NOT NULL, story TEXT NOT NULL);
        CREATE INDEX articles_story ON articles (story);
        CREATE VIRTUAL TABLE texts USING fts5 (title, text, outlet, tokenize = 'unicode61 remove_diacritics 2');
        INSERT INTO texts (texts, rank) VALUES ('secure-delete', 1);
        """;

    public const string Delete = """
        DELETE FROM texts WHERE rowid = (SELECT number FROM articles WHERE id = $id);
        DELETE FROM articles WHERE id = $id;
        """;

    public const string InsertArticle = """
        INSERT INTO articles (id, day, seen, outlet, site, language, title, url, kind, canonical, story)
        VALUES ($id, $day, $seen, $outlet, $site, $language, $title, $url, $kind, $canonical, $story) RETURNING number
        """;

    public const string InsertText = "INSERT INTO texts (rowid, title, text, outlet) VALUES ($number, $title, $text, $outlet)";

    private const string From = """
        FROM texts JOIN articles ON articles.number = texts.rowid
        WHERE texts MATCH $words AND ($from IS NULL OR (day >= $from AND day <> 'undated')) AND ($to IS NULL OR (day <= $to AND day <> 'undated'))
            AND ($outlet IS NULL OR articles.outlet = $outlet COLLATE NOCASE OR site = $outlet COLLATE NOCASE)
            AND ($language IS NULL OR language = $language COLLATE NOCASE OR substr(language, 1, length($language) + 1) = $language || '-' COLLATE NOCASE)
            AND ($story IS NULL OR story = $story) AND ($canonical = 0 OR canonical = id)
        """;

    public const string Count = "SELECT count(*)\n" + From;

    private const string Columns = """
        SELECT id, day, seen, articles.outlet, language, articles.title, url, kind, canonical, story,
            snippet(texts, 1, char(2), char(3), '…', 28)
        """;

    /// <summary>A headline's word weighs four times a text's: ties go to the newest.</summary>
    public const string Best = Columns + "\n" + From + "\nORDER BY bm25(texts, 4.0, 1.0, 2.0), seen DESC, id LIMIT $limit";

    public const string Newest = Columns + "\n" + From + "\nORDER BY seen DESC, id LIMIT $limit";
}
