using System.Buffers;
using System.Text;
using System.Text.Unicode;
using IngestPipeline.Fetching.Charsets;

namespace IngestPipeline.Feeds.Text;

/// <summary>
/// Decides how a document's bytes are decoded: byte order mark, then the header's charset, then the XML declaration, then UTF-8
/// (RFC 7303 §3, which replaces RFC 3023). The bytes have the last word: a label that they contradict is passed over and the repair noted,
/// so that RFC 3023's us-ascii default of text/xml never applies to a document that says better.
/// </summary>
internal static class DocumentEncoding
{
    private static readonly Encoding MixedUtf8 =
        Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new Windows1252DecoderFallback());

    /// <summary>Chooses the encoding.</summary>
    /// <returns>The encoding and how many bytes at the start are its byte order mark.</returns>
    public static (Encoding Encoding, int Skip) Choose(ReadOnlySpan<byte> body, string? contentType, Repairs repairs)
    {
        if (ByteOrder(body) is { } sure)
            return sure;
        var mark = body.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
        var text = body[mark..];
        var ascii = System.Text.Ascii.IsValid(text);
        var utf8 = ascii || Utf8.IsValid(text);
        if (mark > 0)
            return (utf8 ? Encoding.UTF8 : Mixed(repairs), mark);

        if (FromLabel(CharsetOf(contentType), text, ascii, utf8, declared: false, repairs) is { } header)
            return (header, 0);
        if (FromLabel(XmlDeclaration.EncodingOf(text), text, ascii, utf8, declared: true, repairs) is { } declaration)
            return (declaration, 0);
        if (utf8)
            return (Encoding.UTF8, 0);
        if (MostlyUtf8(text))
            return (Mixed(repairs), 0);
        var guess = CharsetGuess.Guess(text);
        repairs.Fault($"the bytes are not UTF-8 and no fitting charset is named; read as {guess.WebName}");
        return (guess, 0);
    }

    /// <summary>The charset parameter of a Content-Type header; null when there is none.</summary>
    public static string? CharsetOf(string? contentType)
    {
        foreach (var part in (contentType ?? "").Split(';').Skip(1))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && part.AsSpan(0, equals).Trim().Equals("charset", StringComparison.OrdinalIgnoreCase))
                return part[(equals + 1)..].Trim(' ', '\t', '"', '\'');
        }
        return null;
    }

    private static (Encoding, int)? ByteOrder(ReadOnlySpan<byte> body) => body switch
    {
        [0xFF, 0xFE, 0, 0, ..] => (new UTF32Encoding(bigEndian: false, byteOrderMark: false), 4),
        [0, 0, 0xFE, 0xFF, ..] => (new UTF32Encoding(bigEndian: true, byteOrderMark: false), 4),
        [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
        [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
        // XML 1.0 Appendix F.1: without a mark, by how "<" is written.
        [0, 0, 0, (byte)'<', ..] => (new UTF32Encoding(bigEndian: true, byteOrderMark: false), 0),
        [(byte)'<', 0, 0, 0, ..] => (new UTF32Encoding(bigEndian: false, byteOrderMark: false), 0),
        [0, (byte)'<', 0, not 0, ..] => (Encoding.BigEndianUnicode, 0),
        [(byte)'<', 0, not 0, 0, ..] => (Encoding.Unicode, 0),
        [0x4C, 0x6F, 0xA7, 0x94, ..] or [0x4C, 0x5A, 0x60, 0x60, ..] when CodePagesEncodingProvider.Instance.GetEncoding(37) is { } ebcdic => (ebcdic, 0),
        _ => null,
    };

    private static Encoding? FromLabel(string? label, ReadOnlySpan<byte> text, bool ascii, bool utf8, bool declared, Repairs repairs)
    {
        if (string.IsNullOrWhiteSpace(label))
            return null;
        if (XmlEncodings.Find(label) is not { } encoding)
        {
            Blame("the charset label is unknown");
            return null;
        }
        if (encoding is UnicodeEncoding or UTF32Encoding)
        {
            Blame("the charset label says two or four bytes a character, the bytes do not");
            return null;
        }
        if (encoding is UTF8Encoding)
        {
            if (!utf8)
                Blame("the charset label says UTF-8, not all bytes are");
            return utf8 ? encoding : null;
        }
        if (ascii || !utf8)
        {
            // RFC 3023's default and many servers' one: nothing above 0x7F can be meant.
            return !ascii && label.Contains("ascii", StringComparison.OrdinalIgnoreCase) ? null : encoding;
        }
        if (!encoding.IsSingleByte || encoding.CodePage != 1252 && Sequences(text) < 4)
            return encoding;
        repairs.Note("the charset label says one byte a character, the bytes are UTF-8");
        return Encoding.UTF8;

        void Blame(string phrase)
        {
            if (declared)
                repairs.Fault(phrase);
            else
                repairs.Note(phrase);
        }
    }

    private static Encoding Mixed(Repairs repairs)
    {
        repairs.Fault("bytes that are not UTF-8 were read as windows-1252");
        return MixedUtf8;
    }

    private static bool MostlyUtf8(ReadOnlySpan<byte> text)
    {
        var (valid, invalid) = (0, 0);
        while (Next(ref text, out var fits))
            _ = fits ? valid++ : invalid++;
        return valid >= invalid;
    }

    private static int Sequences(ReadOnlySpan<byte> text)
    {
        var valid = 0;
        while (valid < 4 && Next(ref text, out _))
            valid++;
        return valid;
    }

    /// <summary>Goes past the next non-ASCII sequence.</summary>
    private static bool Next(ref ReadOnlySpan<byte> text, out bool fits)
    {
        fits = false;
        var start = text.IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
        if (start < 0)
            return false;
        fits = Rune.DecodeFromUtf8(text[start..], out _, out var length) == OperationStatus.Done;
        text = text[(start + length)..];
        return true;
    }
}
