using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace IngestPipeline.Archive;

/// <summary>The head of an HTTP message as it is written into a record.</summary>
internal static class MessageHead
{
    // What a request says of its sender's rights never goes into an archive.
    private static readonly string[] Secret = ["Authorization", "Proxy-Authorization", "Cookie"];

    /// <param name="request">The request.</param>
    /// <param name="secrets">Names of further fields to leave out.</param>
    public static byte[] Of(HttpRequestMessage request, IReadOnlyList<string> secrets)
    {
        var head = new StringBuilder();
        var url = request.RequestUri!;
        head.Append(request.Method).Append(' ').Append(url.PathAndQuery).Append(" HTTP/1.1\r\nHost: ").Append(
            url.HostNameType == UriHostNameType.IPv6 ? url.Host : url.IdnHost).Append(
            url.IsDefaultPort ? "" : FormattableString.Invariant($":{url.Port}")).Append("\r\n");
        Append(head, request.Headers.NonValidated, [.. Secret, .. secrets]);
        return End(head);
    }

    /// <summary>Status line and headers, without the transfer coding and with the length that the body has without it.</summary>
    public static byte[] Of(HttpResponseMessage response, int length)
    {
        var head = new StringBuilder("HTTP/1.1 ");
        head.Append(((int)response.StatusCode).ToString(CultureInfo.InvariantCulture)).Append(' ').Append(OneLine(response.ReasonPhrase ?? "")).Append("\r\n");
        Append(head, response.Headers.NonValidated, ["Transfer-Encoding"]);
        Append(head, response.Content.Headers.NonValidated, ["Content-Length"]);
        head.Append("Content-Length: ").Append(length.ToString(CultureInfo.InvariantCulture)).Append("\r\n");
        return End(head);
    }

    private static void Append(StringBuilder head, HttpHeadersNonValidated headers, string[] without)
    {
        foreach (var (name, values) in headers)
        {
            if (without.Contains(name, StringComparer.OrdinalIgnoreCase))
                continue;
            foreach (var value in values)
                head.Append(name).Append(": ").Append(OneLine(value)).Append("\r\n");
        }
    }

    private static byte[] End(StringBuilder head) => Encoding.UTF8.GetBytes(head.Append("\r\n").ToString());

    private static string OneLine(string value) => value.Replace('\r', ' ').Replace('\n', ' ');
}
