using System.Globalization;
using IngestPipeline.Archive.Bytes;

namespace IngestPipeline.Archive;

/// <summary>
/// An HTTP/1 response message, read tolerantly: archives hold what servers sent, not what RFC 9112 asks for. Never throws for bad input.
/// </summary>
public sealed class HttpMessageParts
{
    private const int MostHeaderFields = 1_000;
    private const int MostHeadBytes = 256 * 1024;

    private HttpMessageParts(int status, IReadOnlyList<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte> body, string? fault)
    {
        Status = status;
        Headers = headers;
        Body = body;
        Fault = fault;
    }

    /// <summary>The status code, 100 to 999.</summary>
    public int Status { get; }

    /// <summary>Header fields in order, duplicates kept, folded lines joined; values are UTF-8 where valid, else Latin-1.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>The body after transfer decoding (de-chunked); Content-Encoding is left to the consumer.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>What was wrong with the transfer coding, in one line; null when nothing was.</summary>
    public string? Fault { get; }

    /// <summary>The first header of a name (case ignored), or null.</summary>
    public string? Header(string name) => First(Headers, name);

    /// <summary>Reads a response message; null when the bytes do not start with an HTTP status line.</summary>
    public static HttpMessageParts? Parse(ReadOnlyMemory<byte> message)
    {
        var bytes = message.Span;
        var at = 0;
        if (!TryStatusLine(NextLine(bytes, ref at), out var status))
            return null;

        var fields = new WarcFields();
        while (at < bytes.Length && at < MostHeadBytes)
        {
            var line = NextLine(bytes, ref at);
            if (line.IsEmpty)
                break;
            if (fields.All.Count < MostHeaderFields)
                fields.Add(line);
        }

        var body = message[at..];
        string? fault = null;
        if (First(fields.All, "Transfer-Encoding") is { } coding && coding.Contains("chunked", StringComparison.OrdinalIgnoreCase))
            body = ChunkedBody.Decode(body, out fault);
        return new(status, fields.All, body, fault);
    }

    internal static string? First(IReadOnlyList<KeyValuePair<string, string>> headers, string name)
    {
        foreach (var (key, value) in headers)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        return null;
    }

    private static ReadOnlySpan<byte> NextLine(ReadOnlySpan<byte> bytes, ref int at)
    {
        var rest = bytes[at..];
        var end = rest.IndexOf((byte)'\n');
        at += end < 0 ? rest.Length : end + 1;
        var line = end < 0 ? rest : rest[..end];
        return line.Length > 0 && line[^1] == '\r' ? line[..^1] : line;
    }

    private static bool TryStatusLine(ReadOnlySpan<byte> line, out int status)
    {
        status = 0;
        var space = line.IndexOf((byte)' ');
        if (!line.StartsWith("HTTP/"u8) || space is < 0 or > 16)
            return false;

        var rest = line[(space + 1)..].TrimStart((byte)' ');
        return rest.Length >= 3 && int.TryParse(rest[..3], NumberStyles.None, CultureInfo.InvariantCulture, out status) && status >= 100;
    }
}
