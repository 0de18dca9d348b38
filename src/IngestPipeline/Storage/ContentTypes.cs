namespace IngestPipeline.Storage;

/// <summary>The media type of a blob by the end of its name, for people who open one in a browser.</summary>
internal static class ContentTypes
{
    /// <summary>The type; <c>application/octet-stream</c> for what is not known.</summary>
    public static string Of(string name) => Path.GetExtension(name) switch
    {
        ".json" => "application/json",
        ".ndjson" => "application/x-ndjson",
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".txt" => "text/plain; charset=utf-8",
        ".gz" => "application/gzip",
        _ => "application/octet-stream",
    };
}
