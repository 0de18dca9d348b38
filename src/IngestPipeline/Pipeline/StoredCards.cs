using System.Buffers.Binary;
using IngestPipeline.Deduplication;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline;

/// <summary>
/// Cards of a run: those that it wrote itself are in a local file, those that the index brought are read by ranges from the store. Each card in the store
/// begins with its length and a check sum, as a range has no hash.
/// </summary>
internal sealed class StoredCards(IBlobStore store, string? temporaryFolder) : ICardFile, IDisposable
{
    private const int FrameLength = sizeof(int) + sizeof(ulong);

    /// <summary>From this segment on places are of the store.</summary>
    private const ushort FirstStored = 1 << 15;

    private readonly TemporaryCards _local = new(temporaryFolder);
    private readonly BlobPlaces _blobs = new();

    /// <summary>Cards read from the store.</summary>
    public long RangeReads { get; private set; }

    /// <summary>Bytes that these reads asked for.</summary>
    public long RangeBytes { get; private set; }

    /// <summary>A card as it stands in the store.</summary>
    public static byte[] Frame(ReadOnlySpan<byte> card)
    {
        var framed = new byte[FrameLength + card.Length];
        BinaryPrimitives.WriteInt32LittleEndian(framed, card.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(framed.AsSpan(sizeof(int)), Fnv1a.Of(card));
        card.CopyTo(framed.AsSpan(FrameLength));
        return framed;
    }

    /// <summary>Takes a blob of cards in; returns the segment of its cards' places.</summary>
    public ushort Attach(string name) => checked((ushort)(FirstStored + _blobs.Add(name)));

    /// <summary>The cards of a blob stand in another one now.</summary>
    /// <param name="from">The blob.</param>
    /// <param name="to">The other one.</param>
    /// <param name="offset">From which of its bytes on.</param>
    public void Move(string from, string to, long offset) => _blobs.Move(from, to, offset);

    /// <inheritdoc/>
    public CardPlace Append(ReadOnlySpan<byte> card) => _local.Append(card);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Read(CardPlace place)
    {
        if (place.Segment < FirstStored)
            return _local.Read(place);
        var (name, offset) = _blobs[place.Segment - FirstStored];
        RangeReads++;
        RangeBytes += place.Length;
        var framed = store.ReadRange(name, offset + place.Offset, place.Length)
            ?? throw new IndexDamageException($"{store.Location}: {name} is missing though the manifest names it.");
        var card = Unframe(framed.Span);
        return card.Length > 0
            ? card
            : throw new IndexDamageException(FormattableString.Invariant($"{store.Location}: {name} is damaged at byte {offset + place.Offset}."));
    }

    /// <summary>The id of the article whose card stands at a place of a blob; null when none does.</summary>
    public static string? IdAt(ReadOnlySpan<byte> blob, CardPlace place)
    {
        var card = place.Offset < blob.Length ? Unframe(blob.Slice((int)place.Offset, Math.Min(place.Length, blob.Length - (int)place.Offset))) : [];
        return card.Length == 0 ? null : FingerprintCard.Read(card).Document.Id;
    }

    /// <inheritdoc/>
    public void Dispose() => _local.Dispose();

    // Nothing when it is damaged.
    private static ReadOnlySpan<byte> Unframe(ReadOnlySpan<byte> framed)
    {
        if (framed.Length < FrameLength)
            return [];
        var length = BinaryPrimitives.ReadInt32LittleEndian(framed);
        if (length < 0 || length > framed.Length - FrameLength)
            return [];
        var card = framed.Slice(FrameLength, length);
        return Fnv1a.Of(card) == BinaryPrimitives.ReadUInt64LittleEndian(framed[sizeof(int)..]) ? card : [];
    }
}
