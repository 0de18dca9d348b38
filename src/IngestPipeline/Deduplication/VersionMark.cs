using System.Buffers;

namespace IngestPipeline.Deduplication;

/// <summary>Tells a later version of a report from an outlet's edit of it.</summary>
internal static class VersionMark
{
    // What wires and outlets print over a changed report (Reuters Handbook of Journalism: UPDATE, CORRECTED, REFILE, WRAPUP;
    // AP: 1st Ld-Writethru, CORRECTION).
    private static readonly SearchValues<string> Marks = SearchValues.Create(
        ["CORRECTED", "CORRECTION", "Correction:", "Corrected:", "CORRECTS", "UPDATE:", "UPDATE ", "UPDATED", "Update:", "REFILE", "Writethru", "WRITETHRU", "write-thru", "WRAPUP", "Ld-"],
        StringComparison.Ordinal);

    /// <summary>True when the headline says that the article updates or corrects an earlier one.</summary>
    public static bool IsIn(string title) => title.AsSpan().ContainsAny(Marks);

    /// <summary>
    /// True when one is a later state of the other: by the same outlet, marked as an update or correction, or the same text but for one or
    /// two figures.
    /// </summary>
    public static bool Joins(Fingerprint a, Fingerprint b, PassageComparison? passages)
    {
        if (a.Source != 0 && a.Source == b.Source)
            return true;
        if (IsIn(a.Document.Title) != IsIn(b.Document.Title))
            return true;
        return passages is { NumbersExchanged: 1 or 2, Resemblance: >= 0.75 } p && p.NumbersExchanged * 4 <= p.NumbersShared + 4;
    }
}
