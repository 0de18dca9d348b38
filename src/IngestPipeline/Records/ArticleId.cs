using System.Security.Cryptography;
using System.Text;

namespace IngestPipeline.Records;

/// <summary>Makes article ids and content hashes.</summary>
public static class ArticleId
{
    /// <summary>32 hexadecimal digits: the first half of the SHA-256 of the text's UTF-8.</summary>
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    /// <summary>SHA-256 (hexadecimal) of title, a line's end, and text.</summary>
    public static string ContentHash(string? title, string text)
    {
        // One text and its bytes, as long as the article, would be made for the hash alone.
        using var bytes = new RentedWriter();
        Encoding.UTF8.GetBytes($"{title}\n", bytes);
        Encoding.UTF8.GetBytes(text, bytes);
        return Convert.ToHexStringLower(SHA256.HashData(bytes.Written));
    }
}
