using System.Globalization;

namespace IngestPipeline.Archive.Bytes;

/// <summary>The line that a WARC record begins with: <c>WARC/1.1</c>.</summary>
internal static class WarcVersion
{
    /// <summary>The longest that is looked at, line end and all.</summary>
    public const int Longest = 32;

    /// <summary>What every one starts with.</summary>
    public static ReadOnlySpan<byte> Start => "WARC/"u8;

    /// <summary>What closes every record.</summary>
    public static ReadOnlySpan<byte> Separator => "\r\n\r\n"u8;

    /// <summary>The version number where bytes begin with a version line; else null.</summary>
    public static string? Read(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(Start))
            return null;
        var line = bytes[..Math.Min(bytes.Length, Longest)];
        var end = line.IndexOf((byte)'\n');
        if (end < 0)
            return null;

        Span<char> number = stackalloc char[Longest];
        var count = 0;
        foreach (var b in line[5..end])
        {
            if (b is (byte)'\r' or (byte)' ')
                continue;
            if (!char.IsAsciiDigit((char)b) && b != '.')
                return null;
            number[count++] = (char)b;
        }

        return count > 0 && decimal.TryParse(number[..count], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
            ? number[..count].ToString()
            : null;
    }
}
