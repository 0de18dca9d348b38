using System.Text;

namespace IngestPipeline.Fetching.Charsets;

/// <summary>A one-byte encoding that is ASCII below 0x80 and a table above.</summary>
/// <param name="name">The encoding's name in the WHATWG standard.</param>
/// <param name="upper">The characters of the bytes 0x80 to 0xFF, 128 of them.</param>
internal sealed class OneByteEncoding(string name, char[] upper) : Encoding
{
    /// <inheritdoc />
    public override string WebName => name;

    /// <inheritdoc />
    public override string EncodingName => name;

    /// <inheritdoc />
    public override bool IsSingleByte => true;

    /// <inheritdoc />
    public override int GetMaxByteCount(int charCount) => charCount;

    /// <inheritdoc />
    public override int GetMaxCharCount(int byteCount) => byteCount;

    /// <inheritdoc />
    public override int GetByteCount(char[] chars, int index, int count) => count;

    /// <inheritdoc />
    public override int GetCharCount(byte[] bytes, int index, int count) => count;

    /// <inheritdoc />
    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex)
    {
        ArgumentNullException.ThrowIfNull(chars);
        ArgumentNullException.ThrowIfNull(bytes);
        for (var i = 0; i < charCount; i++)
            bytes[byteIndex + i] = Encode(chars[charIndex + i]);
        return charCount;
    }

    /// <inheritdoc />
    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentNullException.ThrowIfNull(chars);
        for (var i = 0; i < byteCount; i++)
        {
            var b = bytes[byteIndex + i];
            chars[charIndex + i] = b < 0x80 ? (char)b : upper[b - 0x80];
        }
        return byteCount;
    }

    private byte Encode(char c)
    {
        if (c < 0x80)
            return (byte)c;
        var index = Array.IndexOf(upper, c);
        return index < 0 ? (byte)'?' : (byte)(index + 0x80);
    }
}
