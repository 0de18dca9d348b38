using System.Runtime.InteropServices;
using System.Text;

namespace IngestPipeline.Deduplication;

/// <summary>
/// An article's card: its telling words, then what verification needs, some six bytes a word. Numbers are little-endian; counts and gaps are
/// varints of seven bits. A card is a function of the article alone.
/// </summary>
internal static class FingerprintCard
{
    private const byte Version = 4;
    private const byte HasTerms = 1;
    private const byte HeadlineOnly = 2;
    private const byte Dated = 4;

    // Telling words, id, headline, address and the rest mostly take less; a stream that has to grow takes twice its room.
    private const int RoomOfFields = 1_536;

    /// <summary>Writes a card.</summary>
    /// <param name="print">The article.</param>
    /// <param name="terms">Its telling words when its site repeats nothing of it; null when they are not known.</param>
    public static byte[] Write(Fingerprint print, TermVector? terms)
    {
        using var bytes = new MemoryStream(RoomOfFields + (print.Text.Count * (sizeof(uint) + sizeof(TokenKinds))) + print.Text.Places.Bytes.Length);
        Write(bytes, print, terms);
        return bytes.ToArray();
    }

    /// <summary>Writes a card to a stream, see <see cref="Write(Fingerprint, TermVector?)"/>.</summary>
    public static void Write(MemoryStream bytes, Fingerprint print, TermVector? terms)
    {
        var document = print.Document;
        bytes.WriteByte(Version);
        bytes.WriteByte((byte)((terms is null ? 0 : HasTerms) | (document.HeadlineOnly ? HeadlineOnly : 0) | (document.FirstSeen is null ? 0 : Dated)));
        if (terms is not null)
            Write(bytes, terms);
        foreach (var text in (ReadOnlySpan<string?>)[document.Id, document.Title, document.Source, document.Url, document.Language, document.Agency, document.Declares, print.Agency])
            Write(bytes, text);
        if (document.FirstSeen is { } seen)
            bytes.WriteLong(seen.UtcTicks);
        bytes.WriteLong((long)print.ContentKey);
        Write(bytes, print.Text);
    }

    /// <summary>Reads an article's telling words; null when the card does not hold them.</summary>
    public static TermVector? ReadTerms(ReadOnlySpan<byte> card)
    {
        var reader = new CardReader(card[2..]);
        return (card[1] & HasTerms) == 0 ? null : Terms(ref reader);
    }

    /// <summary>Reads an article.</summary>
    public static Fingerprint Read(ReadOnlySpan<byte> card)
    {
        if (card[0] != Version)
            throw new InvalidDataException("This is no card of an article.");
        var flags = card[1];
        var reader = new CardReader(card[2..]);
        if ((flags & HasTerms) != 0)
            Terms(ref reader);
        var document = new CopyDocument
        {
            Id = reader.Text() ?? "",
            Title = reader.Text() ?? "",
            Source = reader.Text(),
            Url = reader.Text(),
            Language = reader.Text(),
            Agency = reader.Text(),
            Declares = reader.Text(),
            HeadlineOnly = (flags & HeadlineOnly) != 0,
        };
        var agency = reader.Text();
        if ((flags & Dated) != 0)
            document = document with { FirstSeen = new DateTimeOffset(reader.Long(), TimeSpan.Zero) };
        return new(document, (ulong)reader.Long(), Tokens(ref reader), agency);
    }

    private static void Write(MemoryStream bytes, TermVector terms)
    {
        bytes.WriteByte((byte)terms.Terms.Length);
        bytes.WriteByte((byte)terms.Keys.Length);
        bytes.Write(MemoryMarshal.AsBytes(terms.Terms));
        foreach (var weight in terms.Weights)
            bytes.WriteInt(weight);
        foreach (var key in terms.Keys)
            bytes.WriteByte((byte)terms.Terms.BinarySearch(key));
    }

    private static TermVector Terms(ref CardReader reader)
    {
        int count = reader.Byte(), keys = reader.Byte();
        var terms = MemoryMarshal.Cast<byte, uint>(reader.Bytes(count * sizeof(uint))).ToArray();
        var weights = new ushort[count];
        for (var i = 0; i < count; i++)
            weights[i] = (ushort)reader.Int();
        var found = new uint[keys];
        for (var i = 0; i < keys; i++)
            found[i] = terms[reader.Byte()];
        return new(terms, weights, found);
    }

    private static void Write(MemoryStream bytes, TokenizedText text)
    {
        bytes.WriteInt(text.Count);
        bytes.Write(MemoryMarshal.AsBytes(text.Hashes));
        bytes.Write(MemoryMarshal.AsBytes(text.Kinds));
        bytes.WriteInt(text.Places.Bytes.Length);
        bytes.Write(text.Places.Bytes);
    }

    private static TokenizedText Tokens(ref CardReader reader)
    {
        var count = reader.Int();
        var hashes = MemoryMarshal.Cast<byte, uint>(reader.Bytes(count * sizeof(uint)));
        var kinds = MemoryMarshal.Cast<byte, TokenKinds>(reader.Bytes(count));
        return new(hashes, kinds, reader.Bytes(reader.Int()));
    }

    // Lone surrogates are replaced, as they are when a text is tokenised.
    private static void Write(MemoryStream bytes, string? text)
    {
        var utf8 = text is null ? [] : Encoding.UTF8.GetBytes(text);
        bytes.WriteInt(text is null ? 0 : utf8.Length + 1);
        bytes.Write(utf8);
    }
}
