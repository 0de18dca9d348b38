using System.Security.Cryptography;
using System.Text;

namespace IngestPipeline.Records;

/// <summary>Makes article ids and content hashes.</summary>
public static class ArticleId
{
    /// <summary>32 hexadecimal digits: the first half of the SHA-256 of the text's UTF-8.</summary>
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    /// <summary>SHA-256 (hexadecimal) of title and text.</summary>
    public static string ContentHash(string? title, string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(title + "\n" + text)));
}
