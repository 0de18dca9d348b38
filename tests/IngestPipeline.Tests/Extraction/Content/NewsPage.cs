using System.Text;
using IngestPipeline.Extraction;

namespace IngestPipeline.Tests.Extraction.Content;

/// <summary>A news page around a body: menu, headline, links to other articles, footer.</summary>
internal static class NewsPage
{
    private static readonly ArticleExtractor Extractor = new();

    public const string Opening = "The ferry left the harbour at noon with ninety people on board, the company said on Monday, and it reached the island two hours late because of a broken pump.";

    public const string Middle = "Passengers said that the crew had handed out blankets and tea while engineers worked below deck; nobody was hurt, and the children among them were allowed to see the bridge.";

    public const string Closing = "The company wants to open the engine on Tuesday. It expects that the line will be back in service before the weekend, when most visitors come to the island.";

    public static string Html(string body, string head = "", string title = "Ferry arrives late after pump fails") => $"""
        <!doctype html><html><head><title>{title} | Example News</title>{head}</head><body>
        <nav class="main-nav"><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li><li><a href="/sport">Sport</a></li></ul></nav>
        <main><article class="article"><h1 class="headline">{title}</h1>
        <div class="article-body">{body}</div></article>
        <aside class="related"><h2>Recent News</h2><ul><li><a href="/a">Bridge opens after ten years of work</a></li><li><a href="/b">Mayor to leave office in May</a></li></ul></aside></main>
        <footer class="footer"><p>© 2024 Example News. All rights reserved. <a href="/terms">Terms</a></p></footer></body></html>
        """;

    public static ExtractedArticle Extract(string html, string? url = null) =>
        Extractor.Extract(new(Encoding.UTF8.GetBytes(html), url is null ? null : new Uri(url)));

    public static ExtractedArticle ExtractBody(string body) => Extract(Html(body));

    public static string P(string text) => $"<p>{text}</p>";
}
