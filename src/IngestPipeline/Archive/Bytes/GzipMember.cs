using System.IO.Compression;

namespace IngestPipeline.Archive.Bytes;

/// <summary>What tells a gzip member in a run of bytes (RFC 1952 section 2.3).</summary>
internal static class GzipMember
{
    /// <summary>How much of a member is enough to see what it starts with.</summary>
    public const int TrialLength = 1024;

    private const int FixedHeader = 10;
    private const int LookAhead = 32 * 1024;
    private const int MostTrials = 100;
    private const int MostFinds = 10_000;

    /// <summary>The three bytes every member starts with: the magic and the one method in use, deflate.</summary>
    public static ReadOnlySpan<byte> Magic => [0x1F, 0x8B, 0x08];

    /// <summary>True when a file is made of members: it starts with one, or, its start being damaged, one with a record follows soon.</summary>
    public static bool IsCompressed(InputWindow file)
    {
        file.Ensure(LookAhead);
        var start = file.Available[..Math.Min(LookAhead, file.Available.Length)];
        if (start.StartsWith(Magic))
            return true;
        if (start.IndexOf("WARC/"u8) >= 0)
            return false;

        for (var trials = 0; trials < MostTrials && start.IndexOf(Magic) is >= 0 and var at; trials++, start = start[(at + 1)..])
        {
            if (StartsWith(start[at..Math.Min(at + TrialLength, start.Length)], "WARC/"u8))
                return true;
        }

        return false;
    }

    /// <summary>The length of the member header that the bytes start with; 0 when they start with none, or it does not end within them.</summary>
    public static int HeaderLength(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FixedHeader || !bytes.StartsWith(Magic) || (bytes[3] & 0xE0) != 0)
            return 0;

        var flags = bytes[3];
        var length = FixedHeader;
        if ((flags & 4) != 0)
        {
            if (bytes.Length < length + 2)
                return 0;
            length += 2 + bytes[length] + (bytes[length + 1] << 8);
        }

        for (var text = 8; text <= 16; text += 8)
        {
            if ((flags & text) == 0)
                continue;
            var end = length <= bytes.Length ? bytes[length..].IndexOf((byte)0) : -1;
            if (end < 0)
                return 0;
            length += end + 1;
        }

        if ((flags & 2) != 0)
            length += 2;
        return length <= bytes.Length ? length : 0;
    }

    /// <summary>Moves to the next member that begins with a record; false when there is none, or after too many that only look like one.</summary>
    public static bool Find(InputWindow file, ref int trials)
    {
        while (file.Ensure(Magic.Length))
        {
            var at = file.Available.IndexOf(Magic);
            if (at < 0)
            {
                file.Advance(file.Available.Length - (Magic.Length - 1));
                continue;
            }

            file.Advance(at);
            file.Ensure(TrialLength);
            var ahead = file.Available;
            if (StartsWith(ahead[..Math.Min(TrialLength, ahead.Length)], "WARC/"u8))
                return true;
            if (++trials > MostFinds)
                return false;
            file.Advance(1);
        }

        return false;
    }

    /// <summary>True when the bytes start with a member whose content starts with <paramref name="content"/>.</summary>
    public static bool StartsWith(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> content)
    {
        var header = HeaderLength(bytes);
        if (header == 0)
            return false;

        using var inflate = new DeflateStream(new MemoryStream(bytes[header..].ToArray(), writable: false), CompressionMode.Decompress);
        Span<byte> start = stackalloc byte[16];
        start = start[..Math.Min(content.Length, start.Length)];
        try
        {
            return inflate.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && content.StartsWith(start);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
