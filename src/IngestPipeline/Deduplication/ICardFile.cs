namespace IngestPipeline.Deduplication;

/// <summary>Keeps the cards of articles out of memory. Not safe for two threads.</summary>
internal interface ICardFile
{
    /// <summary>Keeps a card.</summary>
    CardPlace Append(ReadOnlySpan<byte> card);

    /// <summary>A card's bytes, and perhaps some of the next one's; valid until the next call.</summary>
    ReadOnlySpan<byte> Read(CardPlace place);
}
