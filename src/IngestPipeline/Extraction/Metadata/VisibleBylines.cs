namespace IngestPipeline.Extraction.Metadata;

/// <summary>Finds the bylines that a reader sees: elements that call themselves an author's, and lines that start with "By".</summary>
internal static class VisibleBylines
{
    /// <summary>The source of lines that start with "By".</summary>
    public const string ByLine = "visible:by-line";

    /// <summary>The source of elements that call themselves an author's.</summary>
    public const string Mark = "visible:byline";

    /// <summary>The source of names that stand alone below the headline.</summary>
    public const string Name = "visible:name";

    private const int MaxSiblings = 40;
    private const int MaxRuns = 80;
    private const int MaxInner = 6;

    // A page of nothing but marks reads each with the forty behind it.
    private const int MaxFound = 200;

    private const int Above = 60;
    private const int Below = 200;
    private const int Reach = 400;
    private const int Near = 90;
    private const int RightBelow = 30;
    private const int RightAbove = 8;
    private const int LongestMark = 200;
    private const int ShortMark = 60;
    private const int LongestDated = 100;
    private const int LongestLine = 150;
    private const int MaxDeskWords = 4;

    // A heading that is longer than a name is a teaser's title.
    private const int LongestName = 30;
    private const int ShortTitle = 10;

    // Two letters are a button's more often than an agency's.
    private const int MinAgency = 3;
    private const int FarBelow = 120;

    // A name that stands alone below the headline is the author's where nothing says who is.
    private const int LoneLoss = 200;

    // An editor's line stands some lines from the author's.
    private const int EditorLoss = 30;

    // A signature with a name and nothing else, right below the headline.
    private const int SignedLoss = 40;

    /// <summary>The visible bylines, most trusted first; near ones stand right by the headline.</summary>
    /// <param name="facts">The page.</param>
    /// <param name="isNear">True for those in the headline's surroundings, false for all others; a page without a headline has only others.</param>
    /// <param name="isAlone">True where no name stands below the headline, so that the only one in a box may be the author's.</param>
    public static IEnumerable<(Byline Byline, string Source, bool IsNear)> Find(PageFacts facts, bool isNear, bool isAlone = false)
    {
        var found = new List<(int Trust, Byline Byline, string Source)>();
        var marks = facts.Scan.AuthorMarks;
        for (var i = 0; i < marks.Count && found.Count < MaxFound; i++)
        {
            if (IsAround(marks[i].Position, facts) == isNear)
                OfMark(marks, i, facts, found);
        }

        foreach (var link in facts.Scan.AuthorLinks)
        {
            if (IsAround(link.Position, facts) == isNear)
                OfLink(link, facts, found);
        }

        if (isAlone && found.Count == 0 && Lone(marks, facts) is { } lone)
            found.Add((-LoneLoss, lone, Mark));

        for (var i = 0; i < facts.Scan.Lines.Count; i++)
        {
            if (IsAround(facts.Scan.Lines[i].Position, facts) == isNear)
                OfLine(facts.Scan.Lines, i, facts, found);
        }

        return found.Count == 0 ? [] : found.OrderByDescending(f => f.Trust).Select(f => (f.Byline, f.Source, f.Trust >= Near));
    }

    // In a box at the side or below: the one name that the page calls an author's.
    private static Byline? Lone(List<PageMark> marks, PageFacts facts)
    {
        Byline? only = null;
        foreach (var mark in marks)
        {
            if (mark.Text.Length is 0 or > ShortMark
                || !mark.Cues.Split(' ').Any(c => c is "author" or "post-author" or "byline")
                || AuthorMark.IsNever(mark)
                || IsTeasers(mark, facts))
                continue;

            var byline = BylineParser.Parse(mark.Runs, facts.Sites);
            if (byline.People is not [var name])
                continue;
            if (only is not null && !only.People[0].Equals(name, StringComparison.OrdinalIgnoreCase))
                return null;
            only ??= byline;
        }

        return only;
    }

    private static bool IsTeasers(PageMark mark, PageFacts facts) =>
        facts.Headline >= 0 && facts.IsAside(mark.Region) && IsHeaded(mark.Region, mark.Position, facts);

    private static bool IsAround(int position, PageFacts facts) =>
        facts.Headline >= 0 && position >= facts.Headline - Above && position <= facts.Headline + Below;

    private static void OfMark(List<PageMark> marks, int i, PageFacts facts, List<(int, Byline, string)> found)
    {
        var mark = marks[i];
        if (mark.Runs.Count == 0 || AuthorMark.IsNever(mark) || (IsAside(mark.Region, mark.Position, facts) && !IsRightAbove(mark, facts)))
            return;

        if (mark.Text.Length > LongestMark)
        {
            if (AuthorMark.IsStrong(mark) && AuthorMark.OfBox(mark, facts) is { } boxed)
                found.Add((Nearness(mark.Position, facts) - LoneLoss, boxed, Mark));
            return;
        }

        // An element around other marks leaves the names to them, and their kind; so does one that names a source.
        if (IsAround(marks, i, facts) || mark.Runs[0].TrimEnd(':', ' ').ToLowerInvariant() is "quelle" or "source" or "fuente" or "fonte" or "bron")
            return;

        // The same mark repeated side by side: one for each author.
        var runs = new List<string>(AuthorMark.NamesOf(mark));
        var end = mark.End;
        for (var next = i + 1; next < marks.Count && next <= i + MaxSiblings && runs.Count < MaxRuns && marks[next].Position <= end + 12; next++)
        {
            if (marks[next].Cues != mark.Cues || marks[next].Tag != mark.Tag || (facts.IsAside(marks[next].Region) && !facts.IsAside(mark.Region)))
                continue;
            runs.AddRange(AuthorMark.NamesOf(marks[next]));
            end = marks[next].End;
        }

        var byline = AuthorMark.IsStrong(mark) ? BylineParser.Parse(runs, facts.Sites) : BylineParser.ParseLine(string.Join(' ', runs), facts.Sites);
        byline = AuthorMark.WithoutSections(byline, mark.Text);
        if (byline.IsEmpty
            && AuthorMark.IsSigned(mark)
            && mark.Position < facts.TextFrom
            && (BylineParser.LoneName(string.Join(' ', AuthorMark.NamesOf(mark)), facts.Sites) ?? BylineParser.LoneName(mark.Runs[0], facts.Sites)) is { } lone)
            found.Add((Nearness(mark.Position, facts) - SignedLoss, new([lone], []), Mark));
        if (!byline.IsEmpty)
            found.Add((Nearness(mark.Position, facts) + (AuthorMark.IsStrong(mark) && mark.Position < facts.TextFrom ? 100 : 0), byline, Mark));
    }

    private static bool IsAround(List<PageMark> marks, int outer, PageFacts facts)
    {
        for (var i = outer + 1; i < marks.Count && i <= outer + MaxInner && marks[i].Position <= marks[outer].End; i++)
        {
            if (AuthorMark.IsNever(marks[i])
                || (AuthorMark.IsStrong(marks[i]) && !BylineParser.Parse(marks[i].Runs, facts.Sites).IsEmpty && (i == outer + 1 || IsFirst(marks[i], marks[outer], facts))))
                return true;
        }

        return false;
    }

    // A name before the inner mark would be lost: what follows a name is often its owner's title.
    private static bool IsFirst(PageMark inner, PageMark outer, PageFacts facts) =>
        inner.Runs.Count > 0 && BylineParser.Parse(outer.Runs.TakeWhile(r => r != inner.Runs[0]), facts.Sites).IsEmpty;

    // A link to an author's page says so by its address alone.
    private static void OfLink(PageMark mark, PageFacts facts, List<(int, Byline, string)> found)
    {
        if (mark.Text.Length > ShortMark || IsAside(mark.Region, mark.Position, facts))
            return;

        var text = string.Join(' ', AuthorMark.NamesOf(mark));
        BylineParser.TakeBy(ref text);
        if (BylineParser.LoneName(text, facts.Sites) is { } name)
            found.Add((Nearness(mark.Position, facts) - LoneLoss, new([name], []), "visible:author-link"));
    }

    // A region with a heading of its own is another article's teaser.
    private static bool IsRightAbove(PageMark mark, PageFacts facts) =>
        facts.Headline >= 0
            && mark.Position < facts.Headline
            && mark.Position >= facts.Headline - RightAbove
            && AuthorMark.IsStrong(mark)
            && !facts.Headings.Any(h => h.Region == mark.Region);

    private static void OfLine(List<PageLine> lines, int i, PageFacts facts, List<(int, Byline, string)> found)
    {
        var line = lines[i];
        var near = Nearness(line.Position, facts);
        if (IsAside(line.Region, line.Position, facts) || (line.Length > LongestLine && (near < Near || BylineWords.By.Match(line.Text) == 0)))
            return;

        var isLabelled = i > 0 && BylineParser.IsLabel(lines[i - 1].Text);
        if (near < -150 && !isLabelled)
            return;

        var byline = NamesOf(line.Text, isLabelled, facts.Sites);
        if (!byline.IsEmpty || (near >= Near && BylineWords.By.Match(line.Text) > 0))
        {
            // "By Ann Larsen", and in the same line who she is.
            var end = LinePieces.EndOfNames(facts.Scan, i, facts.Sites);
            if (line.Length > LongestLine && end is 0 or > LongestDated)
                return;
            if (end < line.Text.Length && NamesOf(line.Text[..end], isLabelled, facts.Sites) is { People.Count: > 0 } names)
                byline = names;
        }

        if (!byline.IsEmpty)
            found.Add((near + 20 - (IsEditors(lines, i) ? EditorLoss : 0), byline, ByLine));
        else if (IsBelow(line, near, facts))
            OfShortLine(lines, i, near, facts, found);
    }

    // However many elements the buttons between have, while the text has not begun.
    private static bool IsBelow(PageLine line, int near, PageFacts facts) =>
        line.Position > facts.Headline
            && facts.Headline >= 0
            && (near >= Near || (line.Position < facts.TextFrom && line.Position <= facts.Headline + FarBelow));

    private static Byline NamesOf(string line, bool isLabelled, SiteNames sites)
    {
        // Of a table's two cells the second may hold the colon.
        var text = isLabelled ? line.TrimStart(':', ' ') : line;
        var byline = isLabelled && BylineParser.LoneName(text, sites) is { } labelled ? new Byline([labelled], []) : BylineParser.ParseLine(text, sites);
        return byline.IsEmpty && isLabelled && text.Length <= ShortMark ? BylineParser.Parse([text], sites, strict: true) : byline;
    }

    // "Editor: Ann Larsen" gives way to "Reporter: Bo Berg", before it or behind.
    private static bool IsEditors(List<PageLine> lines, int i) =>
        lines[i].Text.IndexOfAny([':', '：']) is var colon and > 0
            ? BylineWords.IsEditor(TextKey.Of(lines[i].Text.AsSpan(0, colon).Trim()))
            : i > 0 && BylineWords.IsEditor(TextKey.Of(lines[i - 1].Text.AsSpan().TrimEnd(": ")));

    // Right below the headline an agency's name is its credit, and names beside a date are the authors'.
    private static void OfShortLine(List<PageLine> lines, int i, int near, PageFacts facts, List<(int, Byline, string)> found)
    {
        var text = lines[i].Text;
        if (text.Length >= MinAgency && Agencies.Find(text) is not null)
        {
            found.Add((near - LoneLoss, new([], [text]), ByLine));
            return;
        }

        if (text.Length > (lines[i].Position < facts.TextFrom ? LongestDated : ShortMark))
            return;

        // "by Ann": one word is a name beside a day, or where nothing else stands in the line.
        if (BylineParser.OneWord(text, facts.Sites) is { } word
            && !IsEditors(lines, i)
            && (Signature.IsDatedAround(facts.Scan, i) || (char.IsUpper(word[0]) && text.EndsWith(word, StringComparison.Ordinal))))
            found.Add((near - LoneLoss, new([word], []), ByLine));
        if (text.Length < 5 || char.IsLower(text[0]))
            return;

        var end = text.Length;
        if (BylineParser.MayHoldNames(text)
            && Signature.IsSigned(facts.Scan, i, end = LinePieces.EndOfNames(facts.Scan, i, facts.Sites), facts.Sites)
            && BylineParser.LoneNames(Signature.Explains(text.AsSpan(end), facts.Sites) ? text[..end] : text, facts.Sites) is { Count: > 0 } names
            && !names.Exists(facts.IsInHeadline))
            found.Add((near - LoneLoss, new(names, []), Name));
        else if (Signature.IsDatedAround(facts.Scan, i) && IsDesk(text, facts.Sites))
            found.Add((near - LoneLoss, new([], [text]), Name));
    }

    // "Redaktion", "Harbour Desk"
    private static bool IsDesk(string text, SiteNames sites) =>
        text.Length <= ShortMark
            && text.Split(' ') is { Length: <= MaxDeskWords } words
            && Array.Exists(words, w => BylineWords.IsDesk(TextKey.Of(w)))
            && PersonName.KindOf(text, sites) == NameKind.Organisation;

    // What stands right below the headline is the article's, however its classes are called; but below a teaser's own heading.
    private static bool IsAside(int region, int position, PageFacts facts) =>
        facts.IsAside(region)
            && !(facts.Headline >= 0 && position > facts.Headline && position <= facts.Headline + RightBelow && position < facts.TextFrom && !IsHeaded(region, position, facts));

    private static bool IsHeaded(int region, int position, PageFacts facts) =>
        facts.Headings.Any(h => h.Region == region && h.Position > facts.Headline && h.Position < position && h.Text.Length > (NameAffixes.IsUnspaced(h.Text) ? ShortTitle : LongestName));

    private static int Nearness(int position, PageFacts facts)
    {
        if (facts.Headline < 0)
            return 0;
        var distance = position - facts.Headline;
        return distance >= 0 ? Math.Max(-Reach, 150 - distance) : Math.Max(-Reach, 120 + (3 * distance));
    }
}
