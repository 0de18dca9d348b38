using IngestPipeline.Extraction.Metadata;
using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction;

/// <summary>What the names in a class or a like attribute say of their element.</summary>
/// <param name="value">The value, in the page's own memory; empty for one that is too long to be remembered.</param>
/// <param name="cues">The groups that segmentation takes them for, a bit each.</param>
/// <param name="style">A hash of the value without its digits.</param>
/// <param name="kinds">What metadata takes the element for.</param>
/// <param name="isFurniture">True when a name belongs to the page's furniture.</param>
internal sealed class NameFacts(ReadOnlyMemory<char> value, ulong cues, ulong style, MarkKinds kinds, bool isFurniture)
{
    /// <summary>The longest value that metadata reads.</summary>
    public const int MaxLength = 500;

    /// <summary>What an empty value says.</summary>
    public static NameFacts None { get; } = new(default, 0, 0, MarkKinds.None, false);

    /// <summary>The value; empty for one that is too long to be remembered.</summary>
    public ReadOnlySpan<char> Value => value.Span;

    /// <summary>The groups that segmentation takes them for, one bit a <see cref="CueGroup"/>.</summary>
    public ulong Cues => cues;

    /// <summary>A hash of the value without its digits: equal for elements of one style.</summary>
    public ulong Style => style;

    /// <summary>What metadata takes the element for.</summary>
    public MarkKinds Kinds => kinds;

    /// <summary>True when a name belongs to the page's furniture.</summary>
    public bool IsFurniture => isFurniture;

    /// <summary>Reads a value.</summary>
    public static NameFacts Read(ReadOnlyMemory<char> memory) => Read(memory, NameHash.Of(memory.Span));

    /// <summary>Reads a value that has a hash already.</summary>
    public static NameFacts Read(ReadOnlyMemory<char> memory, ulong hash)
    {
        var value = memory.Span;
        var isRead = value.Length <= MaxLength;
        return new(
            value.Length <= NameTable.MaxLength ? memory : default, CueTokens.Read(value), NameHash.WithoutDigits(value, hash),
            isRead ? PageCues.KindsOf(value) : MarkKinds.None, isRead && PageCues.IsFurniture(value));
    }
}
