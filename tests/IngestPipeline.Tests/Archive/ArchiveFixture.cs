using System.Text;
using IngestPipeline.Archive;

namespace IngestPipeline.Tests.Archive;

/// <summary>A temporary folder in which a test builds its archive.</summary>
internal sealed class ArchiveFixture : IDisposable
{
    public static readonly DateTimeOffset Day = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public string Folder { get; } = Directory.CreateTempSubdirectory("archive-tests-").FullName;

    public string Temporary => Directory.CreateDirectory(Path.Combine(Folder, ".tmp")).FullName;

    public string Put(string relativePath, string text) => Put(relativePath, Encoding.UTF8.GetBytes(text));

    public string Put(string relativePath, byte[] bytes)
    {
        var path = Path.Combine(Folder, relativePath);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public string Warc(string name, params WarcEntry[] entries) => Put(name, Bytes(name.EndsWith(".gz", StringComparison.Ordinal), entries));

    public static byte[] Bytes(bool compress, params WarcEntry[] entries)
    {
        using var stream = new MemoryStream();
        var writer = new WarcWriter(stream, new() { Compress = compress });
        foreach (var entry in entries)
            writer.Write(entry);
        return stream.ToArray();
    }

    public Task<WebArchive> OpenAsync(params string[] paths) =>
        WebArchive.OpenAsync(paths.Length == 0 ? [Folder] : paths, new() { TemporaryFolder = Temporary }, CancellationToken.None);

    public static WarcEntry Page(string url, DateTimeOffset date, string body, string head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n") =>
        WarcEntry.Response(url, date, Encoding.UTF8.GetBytes(head + "\r\n" + body));

    public static WarcEntry Page(string url, DateTimeOffset date, byte[] body, string head) =>
        WarcEntry.Response(url, date, (byte[])[.. Encoding.UTF8.GetBytes(head + "\r\n"), .. body]);

    public static string Html(string text, string head = "") =>
        $"<!doctype html><html><head><title>{text}</title>{head}</head><body><p>{text}</p></body></html>";

    public static string Rss(string title, string head = "") =>
        $"""<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>{title}</title>{head}<item><title>One</title><link>https://x.test/news/a1</link></item></channel></rss>""";

    public static string Text(ArchivedResponse response) => Encoding.UTF8.GetString(response.Body.Span);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
