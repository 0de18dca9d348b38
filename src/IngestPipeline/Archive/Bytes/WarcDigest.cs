namespace IngestPipeline.Archive.Bytes;

/// <summary>
/// Digests of records in one form: writers differ in the algorithm's name (<c>sha256</c>, <c>SHA-256</c>), in base 32 or 16 and in letter case, and an
/// archive's files may come from several.
/// </summary>
internal static class WarcDigest
{
    private const string Base32 = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>The algorithm in lower case without hyphens, a colon, the value in lower-case hexadecimal; what is no such digest, as it is.</summary>
    public static string? Normal(string? digest)
    {
        if (digest is null || digest.IndexOf(':', StringComparison.Ordinal) is var colon && colon < 0)
            return digest;
        var algorithm = digest[..colon].Trim().Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        var value = digest[(colon + 1)..].Trim();
        var bytes = algorithm switch { "md5" => 16, "sha1" => 20, "sha256" => 32, "sha512" => 64, _ => 0 };
        if (bytes == 0)
            return digest;
        if (value.Length == bytes * 2 && value.All(char.IsAsciiHexDigit))
            return $"{algorithm}:{value.ToLowerInvariant()}";
        return FromBase32(value.TrimEnd('=').ToLowerInvariant(), bytes) is { } hex ? $"{algorithm}:{hex}" : digest;
    }

    private static string? FromBase32(string value, int length)
    {
        if (value.Length != (length * 8 + 4) / 5)
            return null;
        var bytes = new byte[length];
        var (held, count, at) = (0, 0, 0);
        foreach (var letter in value)
        {
            var five = Base32.IndexOf(letter, StringComparison.Ordinal);
            if (five < 0)
                return null;
            held = (held << 5) | five;
            count += 5;
            if (count < 8)
                continue;
            count -= 8;
            bytes[at++] = (byte)(held >> count);
            held &= (1 << count) - 1;
        }

        return Convert.ToHexStringLower(bytes);
    }
}
