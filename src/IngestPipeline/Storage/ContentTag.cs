using System.Security.Cryptography;

namespace IngestPipeline.Storage;

/// <summary>A tag of content: the same bytes have the same tag, wherever and whenever they were written.</summary>
internal static class ContentTag
{
    /// <summary>The SHA-256 of the bytes, in lower-case hex.</summary>
    public static string Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>The same of what a stream gives.</summary>
    public static string Of(Stream content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
