using System.Buffers;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>Takes names out of a byline: <c>By Ann Larsen and Bo Berg, Staff Writers</c>.</summary>
internal static class BylineParser
{
    private const int LongestLabel = 24;
    private const int LongestRun = 120;
    private const int LongestLead = 100;
    private const int LongestUnspaced = 12;

    // Of Korean names, which are written together or with one blank.
    private const int LongestHangul = 5;
    private const char FirstHangul = '\uac00';
    private const char LastHangul = '\ud7a3';

    // "by", "von", "door" with a blank; longer ones say more, and a surname may follow them.
    private const int LongestBy = 5;
    private const char DateBreak = '\u241e';

    private static readonly HashSet<string> Offices = [.. BylineWords.Of("title"), .. BylineWords.Of("tells")];

    /// <summary>What parts names for sure.</summary>
    public static readonly char[] HardBreaks = [DateBreak, '\n', ';', '|', '•', '·', '›', '»', '、', '／', '，', '｜', '،', '؛', '●', '⋅', '∙', '/', ','];

    /// <summary>Any of <see cref="HardBreaks"/>.</summary>
    public static readonly SearchValues<char> AnyHardBreak = SearchValues.Create(HardBreaks);

    private static readonly string[] InnerBy =
        [" by ", " von ", " par ", " por ", " door ", " av ", " oleh ", " By ", " Von ", " BY ", ":von ", " di ", " da "];
    private static readonly SearchValues<string> AnyInnerBy = SearchValues.Create(InnerBy, StringComparison.Ordinal);

    /// <summary>The names in runs of text, each of which may hold several.</summary>
    public static Byline Parse(IEnumerable<string> runs, SiteNames sites, bool strict = false)
    {
        var names = new BylineBuilder(sites);
        foreach (var run in runs)
        {
            // A sentence about the author: what follows is no byline any more.
            if (run.Length > LongestRun || (!names.IsEmpty && IsSentence(run)))
                break;

            var text = WithoutDates(run);
            var ends = CutEnd(ref text);
            TakeBy(ref text, isBehind: !names.IsEmpty);
            names.Add(text, strict);
            if (ends)
                break;
        }

        return names.Build();
    }

    // "Ann Larsen", "is the president of", "Harbour Research"
    private static bool IsSentence(string run) =>
        run.AsSpan().IndexOf(' ') is > 0 and var first
            && run[..first] is "is" or "was" or "are" or "has" or "writes" or "covers" or "lives" or "ist" or "schreibt" or "est";

    /// <summary>The names of a visible line, behind a "By" at its start or, in a line that dates itself, inside it.</summary>
    public static Byline ParseLine(string line, SiteNames sites)
    {
        // An agency's credit at the foot; other brackets with a "by" hold whom the text quotes.
        var text = line.StartsWith("(Reporting", StringComparison.OrdinalIgnoreCase) ? line[1..] : line;
        if (!TakeGlued(ref text) && !TakeBy(ref text) && !TakeInnerBy(ref text) && !BylineLabels.TakeInner(ref text))
            return Byline.Empty;

        // "The reporter learned from the ministry, …": a sentence in a script without blanks.
        if (NameAffixes.IsPhrase(ToBreak(text)))
            return Byline.Empty;

        CutEnd(ref text);
        var parts = WithoutDates(text).Split(DateBreak);
        var names = new BylineBuilder(sites);

        // Behind the date stand the sections and tags.
        foreach (var part in parts)
        {
            if (names.IsEmpty)
                names.Add(part, strict: true);
        }

        // One word is a name where a date follows it; a login, where the line says that somebody submitted it.
        if (parts.Length > 1
            && names.IsEmpty
            && ToBreak(parts[0]) is { Length: > 2 and < 30 } first
            && (char.IsUpper(first[0]) || BylineWords.Submitted.Match(line) > 0))
            names.AddName(first, strict: false);
        return names.Build();
    }

    /// <summary>True for a line that is nothing but "Author", "By" and the like, which names the next line.</summary>
    public static bool IsLabel(string line)
    {
        var text = line;
        return line.Length is > 1 and < 30 && (TextKey.IsIn(BylineWords.Labels, line.AsSpan().TrimEnd(": ")) || (TakeBy(ref text) && text.Length == 0));
    }

    /// <summary>The person whose name is all that a line holds beside a date; null when it holds anything else.</summary>
    public static string? LoneName(string line, SiteNames sites)
    {
        var parts = WithoutDates(line).Split(HardBreaks, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length == 0 || parts.Count(p => p.Length > 1) > 4)
            return null;

        // "Ann Larsen - Harbour Post", "Ann Larsen — Tuesday" of a day that stood behind
        var pieces = BylineBuilder.Parts(parts[0]);
        if (pieces.Length == 0
            || (pieces.Length > 1 && (pieces.Length > 2 || (PersonName.KindOf(PersonName.Clean(pieces[1]), sites) != NameKind.Organisation && !DateTables.IsDateWord(TextKey.Words(pieces[1]))))))
            return null;

        // Nothing but the name: whole, of two or three words or with a particle; in scripts without blanks with what says that it is one.
        var name = PersonName.Clean(pieces[0]);
        var words = name.Split(' ');
        var rest = IsOffice(pieces[0], name) ? 0 : pieces[0].Trim(' ', ',', '-', '–', '—').Length - name.Length;
        var isWhole = rest == 0 && (words.Length is 2 or 3 || (words.Length == 4 && Array.Exists(words, w => w.Length > 0 && char.IsLower(w[0]))));
        return (NameAffixes.IsUnspaced(name) ? name.Length <= (name[0] is >= FirstHangul and <= LastHangul ? LongestHangul : LongestUnspaced) && (isWhole || (rest > 0 && pieces[0].IndexOfAny(['(', '（', '【', '[']) < 0)) : isWhole)
            && PersonName.KindOf(name, sites, strict: true) == NameKind.Person
            && !BylineWords.IsStop(TextKey.Words(pieces[0]))
            ? name
            : null;
    }

    // "Kari Larsen Journalist", "Ann Larsen (with AP)"
    private static bool IsOffice(string piece, string name) =>
        name.Length > 0
            && piece.Length > name.Length
            && !NameAffixes.IsUnspaced(name)
            && piece.StartsWith(name, StringComparison.Ordinal)
            && piece.AsSpan(name.Length).Trim(" :,") is { Length: > 1 } said
        && (TextKey.IsIn(Offices, said) || (said is ['(', .. var inner, ')'] && Agencies.Find(inner[(inner.LastIndexOf(' ') + 1)..].ToString()) is not null));

    /// <summary>The one or two people whose names are all that a line holds beside a date; empty when it holds anything else.</summary>
    public static List<string> LoneNames(string line, SiteNames sites)
    {
        if (LoneName(line, sites) is { } single)
            return [single];

        var first = ToBreak(WithoutDates(line));
        var names = BylineBuilder.SplitAnd(first).Select(n => LoneName(n, sites)).OfType<string>().ToList();
        return names.Count == 2 && names.Sum(n => n.Length) + 7 >= first.Trim().Length ? names : [];
    }

    /// <summary>False for a line that cannot hold names alone: those are of two words at least, and two of each name begin with no small letter.</summary>
    public static bool MayHoldNames(ReadOnlySpan<char> line)
    {
        var (capitals, isInner) = (0, false);
        foreach (var c in line)
        {
            // "d’Aubigny", "al-Sayed"; and names in scripts without blanks.
            if (c is '-' or '\'' or '’' || NameAffixes.IsUnspaced(c))
                return true;
            capitals += isInner || char.IsLower(c) || char.IsWhiteSpace(c) ? 0 : 1;
            isInner = !char.IsWhiteSpace(c);
        }

        return capitals > 1;
    }

    /// <summary>
    /// The one word that a part of a line names behind a "by": <c>by Ann</c>, <c>3 March 2026 · by Ann · 2 comments</c>; null when none does.
    /// </summary>
    public static string? OneWord(string line, SiteNames sites)
    {
        // Most lines have no "by".
        if (BylineWords.By.Match(line) == 0 && !DateToken.HasDigit(line))
            return null;

        foreach (var part in WithoutDates(line).Split(HardBreaks, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var name = part;
            if (!TakeBy(ref name))
                continue;

            name = name.Trim(' ', '.', ':', '-', '–', '—');
            return name.Length is > 2 and < 30 && !name.Contains(' ', StringComparison.Ordinal) && (char.IsUpper(name[0]) || BylineNames.IsLogin(name))
                && !TextKey.IsIn(BylineWords.And, name) && !TextKey.IsIn(BylineWords.Particles, name) && PersonName.KindOf(name, sites) == NameKind.Person
                    ? name
                    : null;
        }

        return null;
    }

    private static string ToBreak(string text) => text.Split(HardBreaks, 2)[0];

    // Dates become breaks, so that a name may stand right before or behind one.
    private static string WithoutDates(string text)
    {
        var hits = DateScanner.Find(text);
        for (var i = hits.Count - 1; i >= 0; i--)
            text = text[..hits[i].Start] + DateBreak + text[hits[i].End..];
        return text;
    }

    /// <summary>Takes "By", "Von" and the like off; true when there was one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isBehind">True behind another "by" or name: there "Van Larsen" and "Oleh Larsen" are whole names.</param>
    public static bool TakeBy(ref string text, bool isBehind = false)
    {
        var found = false;
        if (text.AsSpan(0, Math.Min(text.Length, LongestLabel)).IndexOfAny(':', '：') is var colon and > 0
            && TextKey.IsIn(BylineWords.Labels, text.AsSpan(0, colon).Trim()))
        {
            text = text[(colon + 1)..].TrimStart();
            found = true;
        }

        for (var round = 0; round < 2 && text.Length > 0; round++)
        {
            var length = BylineWords.By.Match(text);
            if (length == 0 || (NameAffixes.IsUnspaced(text) && (BylineWords.NotBy.Match(text) > length || GoesOn(text.AsSpan(length)))))
                break;

            if (isBehind && IsFirstName(text, length))
                break;

            isBehind = length <= LongestBy;
            found = true;
            text = text[length..].TrimStart(':', ' ', '-', '–', '—', '|', '/', '.', '：', ',', '»', '›', '・', '／');
        }

        return found;
    }

    // "ByAnn Larsen", where the markup between was lost.
    private static bool TakeGlued(ref string text)
    {
        if (text is not ['B', 'y', var capital, var small, ..]
            || !char.IsUpper(capital)
            || !char.IsLower(small)
            || text.IndexOf(' ', StringComparison.Ordinal) < 0)
            return false;
        text = text[2..];
        return true;
    }

    // "By Van Larsen", "Von Oleh Larsen": what means "by" elsewhere is a first name before one word more.
    private static bool IsFirstName(string text, int by)
    {
        var rest = text.AsSpan(by).Trim();
        var word = text.AsSpan(0, by).Trim();
        return char.IsUpper(word[0])
            && word.IndexOf(' ') < 0
            && !word.Equals("by", StringComparison.OrdinalIgnoreCase)
            && rest.Length > 0
            && char.IsUpper(rest[0])
            && rest.IndexOf(' ') < 0;
    }

    // In scripts without blanks a sentence may begin with the word: what stands right behind it is longer than a name.
    private static bool GoesOn(ReadOnlySpan<char> rest)
    {
        var length = 0;
        while (length < rest.Length && NameAffixes.IsUnspaced(rest[length]) && char.IsLetter(rest[length]))
            length++;
        return length > LongestUnspaced;
    }

    private static bool CutEnd(ref string text)
    {
        var key = TextKey.Of(text);
        if (key.Length != text.Length || !key.AsSpan().ContainsAny(BylineWords.AnyEnd))
            return false;

        foreach (var end in BylineWords.Ends)
        {
            var at = key.IndexOf(end, StringComparison.Ordinal);
            if (at < 0 || (at > 0 && char.IsLetterOrDigit(key[at - 1])) || (at + end.Length < key.Length && char.IsLetterOrDigit(key[at + end.Length])))
                continue;
            text = text[..at];
            return true;
        }

        return false;
    }

    /// <summary>True where a "by" stands inside a text.</summary>
    public static bool HoldsBy(ReadOnlySpan<char> text) => text.ContainsAny(AnyInnerBy);

    private static bool TakeInnerBy(ref string text)
    {
        if (!DateToken.HasDigit(text))
            return false;

        foreach (var by in InnerBy)
        {
            var at = text.IndexOf(by, StringComparison.Ordinal);
            if (at is < 0 or > LongestLead
                || (DateLabels.RoleOf(text.AsSpan(0, at)) is not (DateRole.Published or DateRole.Modified or DateRole.Dated) && DateScanner.Find(text.AsSpan(0, at)).Count == 0))
                continue;
            text = text[(at + by.Length)..];
            return true;
        }

        return false;
    }
}
