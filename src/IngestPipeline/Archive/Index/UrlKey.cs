using System.Security.Cryptography;
using System.Text;

namespace IngestPipeline.Archive.Index;

/// <summary>
/// What URLs are looked up by: the scheme (http or https), fragment, user information and default ports left out, the host in lower-case ASCII
/// without a closing dot, percent-encoding normalised (RFC 3986 section 6.2.2).
/// </summary>
internal static class UrlKey
{
    /// <summary>The normalised text that stands for a URL; the absolute form of another address.</summary>
    public static string Text(string url, out bool secure)
    {
        secure = false;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri))
            return url;
        if (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            return uri.AbsoluteUri;

        secure = uri.Scheme == Uri.UriSchemeHttps;
        var key = new StringBuilder(url.Length).Append(uri.IdnHost.TrimEnd('.').ToLowerInvariant());
        if (!uri.IsDefaultPort)
            key.Append(':').Append(uri.Port);
        // An empty query says nothing.
        AppendNormalised(key, uri.Query == "?" ? uri.AbsolutePath : uri.PathAndQuery);
        return key.ToString();
    }

    /// <summary>Sixteen bytes of a key's hash: short enough to index, long enough never to collide.</summary>
    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key))[..16];

    /// <summary>The hash of a URL's key.</summary>
    public static byte[] Of(string url, out bool secure) => Hash(Text(url, out secure));

    private static void AppendNormalised(StringBuilder key, string path)
    {
        Span<byte> utf8 = stackalloc byte[4];
        for (var at = 0; at < path.Length; at++)
        {
            var c = path[at];
            if (c == '%' && at + 2 < path.Length && char.IsAsciiHexDigit(path[at + 1]) && char.IsAsciiHexDigit(path[at + 2]))
            {
                var value = Convert.FromHexString(path.AsSpan(at + 1, 2))[0];
                if (IsUnreserved((char)value))
                    key.Append((char)value);
                else
                    key.Append('%').Append(Convert.ToHexString([value]));
                at += 2;
            }
            else if (c < 0x80)
            {
                // What no address may hold as it is, some write all the same, and some encode.
                if (NeedsEncoding(c))
                    key.Append('%').Append(Convert.ToHexString([(byte)c]));
                else
                    key.Append(c);
            }
            else
            {
                Rune.DecodeFromUtf16(path.AsSpan(at), out var rune, out var used);
                foreach (var b in utf8[..rune.EncodeToUtf8(utf8)])
                    key.Append('%').Append(Convert.ToHexString([b]));
                at += used - 1;
            }
        }
    }

    private static bool NeedsEncoding(char c) => c is <= ' ' or '"' or '<' or '>' or '[' or ']' or '\\' or '^' or '`' or '{' or '|' or '}' or '\u007f';

    private static bool IsUnreserved(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~';
}
