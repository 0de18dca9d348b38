using System.Runtime.InteropServices;

namespace IngestPipeline.Deduplication;

/// <summary>What stays in memory of each article in the window, beside its postings; the rest is in its card.</summary>
[StructLayout(LayoutKind.Sequential, Pack = sizeof(uint))]
internal struct ArticleHead
{
    /// <summary>When it was first seen, in UTC ticks; the greatest value when unknown.</summary>
    public long Seen;

    /// <summary>64 bits of its id's hash.</summary>
    public ulong IdKey;

    /// <summary>Equal for equal normalised texts of one language; 0 when it is compared otherwise.</summary>
    public ulong FamilyKey;

    /// <summary>Where its card is.</summary>
    public CardPlace Card;

    /// <summary>The outlet; 0 when unknown.</summary>
    public uint Source;

    /// <summary>The headline, or the text when there is none.</summary>
    public uint Headline;

    /// <summary>Its anchors.</summary>
    public ushort Anchors;

    /// <summary>What else is known.</summary>
    public ArticleMarks Marks;

    /// <summary>Seen when its time is unknown.</summary>
    public const long Undated = long.MaxValue;

    /// <summary>True when all of the given marks are set.</summary>
    public readonly bool Has(ArticleMarks marks) => (Marks & marks) == marks;

    /// <summary>Days between the times at which two articles were first seen; 0 when one is unknown.</summary>
    public static double DaysApart(in ArticleHead a, in ArticleHead b) =>
        a.Seen == Undated || b.Seen == Undated ? 0 : Math.Abs(new TimeSpan(a.Seen - b.Seen).TotalDays);
}
