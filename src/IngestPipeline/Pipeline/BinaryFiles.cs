using IngestPipeline.Archive;
using IngestPipeline.Archive.Bytes;

namespace IngestPipeline.Pipeline;

/// <summary>
/// Tells files that are no text, whatever they are sent as: a document, picture or archive that a server calls a page would give an article of
/// meaningless letters.
/// </summary>
internal static class BinaryFiles
{
    private const int Head = 1024;

    // Of random bytes a tenth are such; of text in any charset, none or a stray one.
    private const int MostControls = 16;

    /// <summary>True for what starts like a file of a known kind, or with more control characters than any text has.</summary>
    public static bool Is(ReadOnlySpan<byte> body, string? contentType)
    {
        var head = body[..Math.Min(body.Length, Head)];
        if (IsKnown(head))
            return true;
        if (IsWide(head, contentType))
            return false;
        var controls = 0;
        foreach (var b in head)
        {
            // Shifts and the escape are letters' neighbours in Asian charsets.
            if (b is < 9 or (> 15 and < 27) or (> 27 and < 32))
                controls++;
        }

        return controls > MostControls;
    }

    /// <summary>True for what is sent as a page and is neither one nor a file of a known kind.</summary>
    public static bool IsBroken(ReadOnlySpan<byte> body, string? contentType) =>
        MediaTypes.ClaimsPage(contentType) && !IsKnown(body) && Is(body, contentType);

    /// <summary>True for what starts like a document, picture, film or archive.</summary>
    public static bool IsKnown(ReadOnlySpan<byte> body) =>
        body.StartsWith("%PDF-"u8)
            || body.StartsWith("PK\x03\x04"u8)
            || body.StartsWith("GIF8"u8)
            || body.StartsWith("{\\rtf"u8)
            || body.StartsWith(GzipMember.Magic)
        || body is [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [0xFF, 0xD8, 0xFF, ..]
        || (body.Length > 12 && (body[4..].StartsWith("ftyp"u8) || (body.StartsWith("RIFF"u8) && body[8..].StartsWith("WEBP"u8))));

    // In two bytes a letter, every other one may be low.
    private static bool IsWide(ReadOnlySpan<byte> head, string? contentType) =>
        head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [(byte)'<', 0, ..] or [0, (byte)'<', ..]
        || contentType?.Contains("utf-16", StringComparison.OrdinalIgnoreCase) == true
        || contentType?.Contains("ucs-2", StringComparison.OrdinalIgnoreCase) == true;
}
