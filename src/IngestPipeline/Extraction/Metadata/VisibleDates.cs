namespace IngestPipeline.Extraction.Metadata;

/// <summary>Finds the dates that a reader sees beside the article: elements that call themselves dates, and lines that hold one.</summary>
internal static class VisibleDates
{
    private const int MaxText = 160;
    private const int Above = 40;
    private const int Below = 250;

    // What stands so few elements below the headline is the article's own dateline.
    private const int NearBelow = 60;
    private const int NearTrust = 280;
    private const int NearAbove = 20;

    // A date in a teaser or a comment counts less than one in the address.
    private const int AsideLoss = 380;

    // A line that ends in a date is a caption more often than a dateline.
    private const int CaptionLoss = 150;

    // A long one is a sentence, and the date is what it tells of.
    private const int LongCaption = 100;
    private const int SentenceLoss = 250;

    // Named as the day of publication, it is what the page tells its readers, and is trusted above what it tells machines.
    private const int NearAndNamed = 300;

    private const int MinEntries = 3;

    // Before the web there were no pages: an older day without a label is what the text tells of.
    private const int FirstYear = 1991;

    /// <summary>Adds the visible dates.</summary>
    /// <param name="facts">The page.</param>
    /// <param name="isNear">True for those in the headline's surroundings, false for all others; a page without a headline has only others.</param>
    /// <param name="found">The list to add to.</param>
    public static void Collect(PageFacts facts, bool isNear, List<DateCandidate> found)
    {
        foreach (var mark in facts.Scan.Marks)
        {
            if (mark.Kinds.HasFlag(MarkKinds.Date) && IsAround(mark.Position, facts) == isNear)
                OfMark(mark, facts, found);
        }

        foreach (var line in facts.Scan.Lines)
        {
            if (line.Length <= 3 * PageScanner.MaxLine && IsAround(line.Position, facts) == isNear && DateToken.MayHoldDate(line.Text))
                OfLine(line, facts, found);
        }

        if (isNear)
            PutBackLists(found);
    }

    // Several days below a headline that are each called the date, or published, head the entries of a list: none of them is the page's own.
    private static void PutBackLists(List<DateCandidate> found)
    {
        var named = found.Where(c => c is { Source: "visible:line", Role: DateRole.Published or DateRole.Dated, Trust: >= DateChoice.Near }).ToArray();
        if (named.Select(c => c.Date.Day).Distinct().Count() < MinEntries)
            return;

        foreach (var entry in named)
            found[found.IndexOf(entry)] = entry with { Role = DateRole.Unnamed, Trust = entry.Trust - Bonus(entry.Role, NearTrust) };
    }

    private static bool IsAround(int position, PageFacts facts) =>
        facts.Headline >= 0 && position >= facts.Headline - Above && position <= facts.Headline + Below;

    private static void OfMark(PageMark mark, PageFacts facts, List<DateCandidate> found)
    {
        var near = Nearness(mark.Position, facts);
        if (facts.IsAside(mark.Region))
            near = AsideOf(near, mark.Position, facts);

        var isTime = mark.Kinds.HasFlag(MarkKinds.Time);
        var named = NamedRole(mark.Cues);
        if (mark.Value is { } value
            && !ShowsAnother(mark, named, value, facts)
            && (isTime || named is not null || value.Length < 40)
            && LooseDate.TryRead(value, facts.DateLocale, out var read))
        {
            var role = named ?? (mark.Runs.Count > 0 ? DateLabels.RoleOf(mark.Runs[0]) ?? DateRole.Unnamed : DateRole.Unnamed);
            found.Add(new(read.Date, role, 350 + near + (isTime ? 20 : 0) + Bonus(role, near), isTime ? "visible:time" : "visible:date", read.Swapped));
            return;
        }

        if (mark.Text is not { Length: <= MaxText } text || !DateToken.MayHoldDate(text))
            return;

        foreach (var hit in DateScanner.Find(text, facts.DateLocale))
        {
            if (hit.Date.Day.Year >= FirstYear
                && (DateLabels.RoleOf(text.AsSpan(0, hit.Start)) is var label && label is DateRole.Published or DateRole.Modified ? label : named ?? label) is { } role)
                found.Add(new(hit.Date, role, 345 + near + (isTime ? 20 : 0) + Bonus(role, near), "visible:date", hit.Swapped));
        }
    }

    // A template's day that was never filled in: readers are shown another, whole one.
    private static bool ShowsAnother(PageMark mark, DateRole? named, string value, PageFacts facts) =>
        mark.Kinds.HasFlag(MarkKinds.Time) && named != DateRole.Modified && mark.Text is { Length: <= MaxText } text && DateToken.MayHoldDate(text)
        && DateScanner.Find(text, facts.DateLocale) is [{ Swapped: null } shown]
        && DateLabels.RoleOf(text.AsSpan(0, shown.Start)) is (DateRole.Unnamed or DateRole.Published)
        && LooseDate.TryRead(value, facts.DateLocale, out var told) && Math.Abs(told.Date.Day.DayNumber - shown.Date.Day.DayNumber) > 1;

    private static void OfLine(PageLine line, PageFacts facts, List<DateCandidate> found)
    {
        var near = Nearness(line.Position, facts);
        if (near < 100 && line.Length > MaxText)
            return;
        if (facts.IsAside(line.Region))
            near = AsideOf(near, line.Position, facts);

        var hits = DateScanner.Find(line.Text, facts.DateLocale);
        foreach (var hit in hits)
        {
            // A date in running text is news, not the article's day; at a paragraph's head, before a dash, it is.
            var lead = hit.Start;
            var tail = line.Length - hit.End;
            var opens = lead == 0 && tail > 200 && line.Text.AsSpan(hit.End).TrimStart() is ['-' or '–' or '—' or ':' or '|', ..];
            if (!opens && (lead > 80 || (lead > 30 && tail > 80) || tail > 200))
                continue;

            if (DateLabels.RoleOf(line.Text.AsSpan(0, hit.Start), hit == hits[^1] ? line.Text.AsSpan(hit.End) : default) is { } role
                && (role != DateRole.Unnamed || hit.Date.Day.Year >= FirstYear))
                found.Add(
                    new(
                        hit.Date, role,
                        340 + near
                            + Bonus(role, near) - (opens || lead + tail <= 80 ? 0 : 40) - (role == DateRole.Unnamed && lead > 30 ? line.Length > LongCaption ? SentenceLoss : CaptionLoss : 0),
                        "visible:line", hit.Swapped));
        }
    }

    // Behind the text's beginning an aside is never near, however short the text.
    private static int AsideOf(int near, int position, PageFacts facts) => (position < facts.TextFrom ? near : Math.Min(near, 0)) - AsideLoss;

    private static int Bonus(DateRole role, int near) => role switch
    {
        DateRole.Published => near >= NearTrust - NearBelow ? NearAndNamed : 30,
        DateRole.Modified => 10,
        _ => 0,
    };

    private static DateRole? NamedRole(string cues) =>
        cues.Contains("modif", StringComparison.Ordinal) || cues.Contains("update", StringComparison.Ordinal) ? DateRole.Modified
        : cues.Contains("publi", StringComparison.Ordinal)
            || cues.Contains("posted", StringComparison.Ordinal)
            || cues.Contains("pubdate", StringComparison.Ordinal)
            || cues.Contains("created", StringComparison.Ordinal)
                || cues.Contains("release-date", StringComparison.Ordinal) || cues.Contains("releasedate", StringComparison.Ordinal)
            ? DateRole.Published
        : null;

    // Up to 150 for what stands right below the headline, less with distance; dates above it are less often the article's.
    private static int Nearness(int position, PageFacts facts)
    {
        if (facts.Headline < 0)
            return 0;

        var distance = position - facts.Headline;
        if (distance >= 0)
            return distance <= NearBelow ? NearTrust - distance : Math.Max(-100, 150 - distance);
        return distance >= -NearAbove ? NearTrust + (2 * distance) : Math.Max(-100, 120 + (3 * distance));
    }
}
