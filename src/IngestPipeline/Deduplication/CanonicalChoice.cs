namespace IngestPipeline.Deduplication;

/// <summary>Chooses the article that stands for a group of copies.</summary>
internal static class CanonicalChoice
{
    /// <summary>Members shorter than this share of the group's median length are cuts and stand behind the others.</summary>
    private const double CutBelow = 0.3;

    /// <summary>
    /// The group's articles with the canonical one first: full texts before headlines, what the page of another member names as canonical before
    /// the rest (a page that names a member is none itself), what an agency published itself before outlets' copies, whole texts before cuts, then the
    /// earliest, then what is credited to an agency, then the longest, then the lowest id.
    /// </summary>
    public static List<Fingerprint> Rank(IEnumerable<Fingerprint> group)
    {
        var members = group.ToList();
        if (members.Count == 1)
            return members;
        var lengths = members.Select(m => m.Text.Count).Order().ToList();
        var cut = lengths[lengths.Count / 2] * CutBelow;
        var declared = Declared(members);
        return
        [
            .. members
                .OrderBy(m => m.Document.HeadlineOnly)
                .ThenBy(m => !declared.Contains(m.Document.Id))
                .ThenBy(m => AgencyCredit.OfSource(m.Document.Source) is null)
                .ThenBy(m => m.Text.Count < cut)
                .ThenBy(m => m.Document.FirstSeen ?? DateTimeOffset.MaxValue)
                .ThenBy(m => m.Agency is null)
                .ThenByDescending(m => m.Text.Count)
                .ThenBy(m => m.Document.Id, StringComparer.Ordinal),
        ];
    }

    // A site whose every page names its homepage is harmless: the texts of a group agree, and a homepage is in none.
    private static HashSet<string> Declared(List<Fingerprint> members)
    {
        var naming = members.Where(m => m.Document.Declares is not null).ToList();
        if (naming.Count == 0)
            return [];
        var ids = members.Select(m => m.Document.Id).ToHashSet(StringComparer.Ordinal);
        naming.RemoveAll(m => !ids.Contains(m.Document.Declares!));
        return [.. naming.Select(m => m.Document.Declares!).Except(naming.Select(m => m.Document.Id), StringComparer.Ordinal)];
    }
}
