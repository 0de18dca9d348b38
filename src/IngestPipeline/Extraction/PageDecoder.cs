using System.Buffers;
using System.Text;
using System.Text.Unicode;
using IngestPipeline.Fetching.Charsets;

namespace IngestPipeline.Extraction;

/// <summary>
/// Decodes a page: byte order mark, known charset, Content-Type, <c>meta</c> (late ones too), then UTF-8 where the bytes are valid,
/// then windows-1252. Labels are those of the WHATWG Encoding Standard. A label that the bytes contradict is a warning, not an error.
/// </summary>
internal static class PageDecoder
{
    /// <summary>Longer pages are cut here, in bytes.</summary>
    public const int MaxBytes = 5 * 1024 * 1024;

    // With this many well-formed multi-byte sequences and none ill-formed, other readings are out of the question.
    private const int SureSequences = 3;

    /// <summary>Decodes a page's bytes.</summary>
    public static DecodedPage Decode(PageInput page)
    {
        var bytes = page.Body.Span;
        var truncated = bytes.Length > MaxBytes;
        if (truncated)
            bytes = bytes[..MaxBytes];

        if (ReadMark(bytes) is var (marked, skip))
            return Decode(bytes[skip..], marked, truncated, null, maybeTwice: false);

        var label = page.Charset ?? CharsetLabel.InHeader(page.ContentType) ?? CharsetLabel.InMarkup(bytes);
        var declared = WhatwgEncodings.Find(label);
        string? warning = label is not null && declared is null ? $"unknown charset label '{Shorten(label)}'" : null;
        var utf8 = Encoding.UTF8;

        // A page in UTF-16 could not have said so in ASCII markup; the standard reads such a label as UTF-8.
        if (declared is UnicodeEncoding && !LooksWide(bytes))
            declared = utf8;
        if (declared is null && LooksWide(bytes))
            declared = bytes.Length > 1 && bytes[0] == 0 ? Encoding.BigEndianUnicode : Encoding.Unicode;

        if ((declared is null || declared.CodePage == utf8.CodePage) && ReadUtf8(bytes, truncated, warning) is { } decoded)
            return decoded;

        if (declared is null or not UnicodeEncoding)
        {
            var (sequences, faults) = CountSequences(bytes, truncated);
            var isUtf8 =
                declared is null ? faults == 0 : declared.CodePage == utf8.CodePage ? faults <= sequences / 50 : faults == 0 && sequences >= SureSequences;
            if (declared is not null && isUtf8 != (declared.CodePage == utf8.CodePage))
                warning = $"labelled {declared.WebName}, but the bytes are {(isUtf8 ? "UTF-8" : "not UTF-8")}";

            if (isUtf8)
            {
                declared = utf8;
            }
            else if (declared is null || declared.CodePage == utf8.CodePage)
            {
                var inner = page.Charset is null && page.ContentType is null ? null : WhatwgEncodings.Find(CharsetLabel.InMarkup(bytes));
                declared =
                    inner is null or UnicodeEncoding || inner.CodePage == utf8.CodePage ? WhatwgEncodings.Find("windows-1252") ?? Encoding.Latin1 : inner;
            }
        }

        return Decode(bytes, declared, truncated, warning, maybeTwice: true);
    }

    private static DecodedPage Decode(ReadOnlySpan<byte> bytes, Encoding encoding, bool truncated, string? warning, bool maybeTwice)
    {
        var rented = PageMemory.Letters.Rent(encoding.GetMaxCharCount(bytes.Length));
        return Finish(rented, encoding.GetChars(bytes, rented), encoding.WebName, truncated, warning, maybeTwice);
    }

    /// <summary>What most pages are: checked and decoded in one pass. Null when the bytes are not valid.</summary>
    private static DecodedPage? ReadUtf8(ReadOnlySpan<byte> bytes, bool truncated, string? warning)
    {
        // No sequence of bytes makes more characters than it has bytes.
        var rented = PageMemory.Letters.Rent(bytes.Length);
        if (Utf8.ToUtf16(bytes, rented, out _, out var length, replaceInvalidSequences: false) == OperationStatus.Done)
            return Finish(rented, length, Encoding.UTF8.WebName, truncated, warning, maybeTwice: true);

        PageMemory.Letters.Return(rented);
        return null;
    }

    private static DecodedPage Finish(char[] rented, int length, string charset, bool truncated, string? warning, bool maybeTwice)
    {
        if (maybeTwice && DoubleEncoding.IsLikely(rented.AsSpan(0, length)) && DoubleEncoding.TryUndo(new(rented, 0, length), out var undone))
        {
            undone.CopyTo(rented);
            (length, warning) = (undone.Length, "text was encoded twice");
        }

        return new(rented.AsMemory(0, WithoutNuls(rented.AsSpan(0, length))), charset, truncated, warning, rented);
    }

    private static (Encoding Encoding, int Length)? ReadMark(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Encoding.UTF8, 3),
        [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
        [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
        _ => null,
    };

    /// <summary>Counts well-formed multi-byte sequences and faults; a sequence cut off by the size limit is no fault.</summary>
    private static (int Sequences, int Faults) CountSequences(ReadOnlySpan<byte> bytes, bool truncated)
    {
        int sequences = 0, faults = 0;
        while (true)
        {
            var at = bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (at < 0)
                return (sequences, faults);

            bytes = bytes[at..];
            var status = Rune.DecodeFromUtf8(bytes, out _, out var used);
            if (status == System.Buffers.OperationStatus.Done)
                sequences++;
            else if (status == System.Buffers.OperationStatus.InvalidData || !truncated)
                faults++;
            bytes = bytes[Math.Max(1, used)..];
        }
    }

    private static bool LooksWide(ReadOnlySpan<byte> bytes)
    {
        var head = bytes[..Math.Min(bytes.Length, 512)];
        return head.Length >= 16 && head.Count((byte)0) * 3 > head.Length;
    }

    /// <summary>NUL has no place in a page and ends nothing; parsers differ about it, so it goes first.</summary>
    /// <returns>How long the text is without it.</returns>
    private static int WithoutNuls(Span<char> text)
    {
        var length = text.IndexOf('\0');
        if (length < 0)
            return text.Length;

        foreach (var c in text[length..])
        {
            if (c != '\0')
                text[length++] = c;
        }

        return length;
    }

    private static string Shorten(string label) => label.Length > 40 ? label[..40] : label;
}
