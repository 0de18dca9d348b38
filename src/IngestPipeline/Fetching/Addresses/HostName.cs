using System.Globalization;
using System.Net;
using System.Text;

namespace IngestPipeline.Fetching.Addresses;

/// <summary>Reads the host of a URL as the stack below might: whatever could be taken for an address is one.</summary>
internal static class HostName
{
    private static readonly char[] Dots = ['\u3002', '\uFF0E', '\uFF61'];

    // Names that mean the machine or its network, by standard (RFC 6761, 6762, 8375) or by custom of the clouds.
    private static readonly string[] LocalSuffixes =
        ["localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "home.arpa", "localdomain"];

    /// <summary>The host in lower-case ASCII, compatibility forms folded, without brackets, zone or closing dots.</summary>
    public static string Plain(string host)
    {
        var text = host.Trim().TrimStart('[').TrimEnd(']');
        if (!text.IsNormalized(NormalizationForm.FormKC))
            text = text.Normalize(NormalizationForm.FormKC);
        foreach (var dot in Dots)
            text = text.Replace(dot, '.');
        return text.TrimEnd('.').ToLowerInvariant();
    }

    /// <summary>The address that a host spells, in any of the forms that resolvers take: decimal, octal, hexadecimal, with fewer parts.</summary>
    public static IPAddress? Address(string plain)
    {
        if (plain.Contains(':', StringComparison.Ordinal))
            return IPAddress.TryParse(plain, out var six) ? six : null;
        return LooseIPv4(plain);
    }

    /// <summary>Why a name is not asked for at all; null for one that may be looked up.</summary>
    public static string? Refusal(string plain)
    {
        if (plain.Length == 0)
            return "the address has no host";
        if (plain.Length > 253)
            return "the host's name is too long";
        if (Array.Exists(LocalSuffixes, s => plain == s || plain.EndsWith("." + s, StringComparison.Ordinal)))
            return "the host's name is a local one";
        return plain.Contains('.', StringComparison.Ordinal) ? null : "the host's name is a local one";
    }

    // inet_aton: one to four parts, the last filling what is left.
    private static IPAddress? LooseIPv4(string text)
    {
        var parts = text.Split('.');
        if (parts.Length > 4)
            return null;
        ulong value = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            if (Number(parts[i]) is not { } number)
                return null;
            var last = i == parts.Length - 1;
            var bits = last ? 8 * (4 - i) : 8;
            if (number >= 1UL << bits)
                return null;
            value = (value << bits) | number;
        }

        return new([(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value]);
    }

    private static ulong? Number(string part)
    {
        if (part.Length is 0 or > 20)
            return null;
        if (part.StartsWith("0x", StringComparison.Ordinal))
            return part.Length == 2
                ? 0
                : ulong.TryParse(part.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex)
                ? hex
                : null;
        if (!part.All(char.IsAsciiDigit))
            return null;
        if (part.Length > 1 && part[0] == '0')
            return part.All(c => c < '8') ? part.Aggregate(0UL, (sum, c) => (sum << 3) | (uint)(c - '0')) : null;
        return ulong.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}
