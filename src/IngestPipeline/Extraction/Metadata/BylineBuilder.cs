namespace IngestPipeline.Extraction.Metadata;

/// <summary>Collects the names of one byline, part by part, and tells people from outlets.</summary>
internal sealed class BylineBuilder(SiteNames sites)
{
    private const int MaxNames = 40;
    private static readonly string[] SoftBreaks = [" – ", " - ", " — ", " -- "];

    private readonly List<string> _people = [];
    private readonly List<string> _others = [];
    private bool _hasRole;

    public bool IsEmpty => _people.Count + _others.Count == 0;

    /// <summary>The names found so far.</summary>
    public Byline Build()
    {
        // Beside an outlet, two or three capitals are the mark that a desk signs with.
        if (_others.Count > 0 && _people is [var mark] && BylineNames.IsDeskMark(mark))
            _people.Clear();

        // "The Harbour Post Editorial Board, The Harbour Post"
        if (_others.Count > 1
            && _others.Find(sites.Contains) is { } site
            && _others.Exists(o => o.Length > site.Length && o.StartsWith(site, StringComparison.OrdinalIgnoreCase)))
            _others.Remove(site);
        return IsEmpty ? Byline.Empty : new(_people, _others);
    }

    /// <summary>Adds the names of a text between hard breaks.</summary>
    public void Add(string text, bool strict)
    {
        foreach (var piece in BylineNames.WithoutBrackets(text).Split(BylineParser.HardBreaks, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // "Ann Larsen | Editor: Bo Berg"
            if (_people.Count > 0 && piece.IndexOfAny([':', '：']) is var colon and > 0 && BylineWords.IsEditor(TextKey.Of(piece.AsSpan(0, colon).TrimEnd())))
                return;

            var (outlets, hasMark) = (_others.Count, false);
            foreach (var part in Parts(piece))
            {
                // Behind a name and its outlet stands a place: "Ann Larsen, Harbour Post — Port Alden", also where the outlet is too short a word to be known,
                // "GW AB".
                if (_people.Count > 0 && (_others.Count > outlets || hasMark))
                    break;
                AddPart(part, strict);
                hasMark = _people.Count > 0
                    && Array.TrueForAll(part.Split(' '), w => w.Length is > 0 and <= 3 && w.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c)));
            }
        }
    }

    /// <summary>Adds what is taken for one name.</summary>
    public void AddName(string part, bool strict)
    {
        // "Bo Berg (photography)"
        if (part.IndexOfAny(['(', '（']) is var bracket and > 0 && BylineWords.IsOthersWork(part[bracket..]))
            return;

        var name = WithoutBy(BylineNames.Once(PersonName.Clean(part)));
        if ((_people.Count > 0 || _others.Count > 0) && BylineNames.IsLogin(name))
            return;

        // Behind an outlet a single word is its place: "The Harbour Post, Frankfurt, Germany".
        if (_people.Count == 0 && _others.Count > 0 && !name.Contains(' ', StringComparison.Ordinal) && name.Length > 3 && char.IsUpper(name[0]))
            return;

        var list = PersonName.KindOf(name, sites, strict) switch
        {
            NameKind.Person => _people,
            NameKind.Organisation => _others,
            _ => null,
        };
        if (list is not null && list.Count < MaxNames && !list.Exists(n => BylineNames.Repeats(n, name)))
            list.Add(name);
    }

    // "Van Larsen" is a whole name, "Von Ann Larsen" is not.
    private static string WithoutBy(string name)
    {
        var behind = name;
        return BylineParser.TakeBy(ref behind, isBehind: true) ? behind : name;
    }

    /// <summary>The parts of a text that dashes part.</summary>
    public static string[] Parts(string text) => text.Split(SoftBreaks, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private void AddPart(string part, bool strict)
    {
        var names = SplitAnd(part).SelectMany(NameAffixes.Split).ToList();
        if (names.Count > 1 && names.TrueForAll(n => PersonName.KindOf(PersonName.Clean(n), sites, strict) != NameKind.Person))
            names = [part]; // "Staff and wire reports"
        else if (names.Count > 1 && BylineWords.IsInstitute(TextKey.Of(names[0].Split(' ', 2)[0])))
            names = [part]; // "Center for Fish and Nets"

        // What ends in a role behind a name that has none is the name's: "Ann Larsen, Bay County Bureau".
        var endsInRole = !NameAffixes.IsUnspaced(part) && BylineWords.IsRole(TextKey.Words(part[(part.LastIndexOf(' ') + 1)..]));
        if (endsInRole && names.Count == 1 && _people.Count > 0 && !_hasRole)
            return;

        foreach (var name in names)
            AddName(name, strict);
        _hasRole |= endsInRole && _people.Count > 0;
    }

    /// <summary>The names that an "and" parts.</summary>
    public static IEnumerable<string> SplitAnd(string part)
    {
        var words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var start = 0;
        for (var i = 0; i < words.Length; i++)
        {
            var isEdge = i == 0 || i == words.Length - 1;
            if (!TextKey.IsIn(BylineWords.And, words[i]) || (char.IsUpper(words[i][0]) && words[i] is not "And" and not "Und" && part.Any(char.IsLower)))
                continue;

            // "DAN LARSEN": a first name, and "and" in Indonesian, before which a name stands.
            if (i == 0 && words[i] is "DAN")
                continue;

            // "Ann y Bo" parts names; "Ortega y Gasset" does not: each side of a one-letter word must be a whole name.
            if (!isEdge && words[i].Length == 1 && words[i][0] is not ('&' or '+' or '和' or 'と') && (i - start < 2 || words.Length - i - 1 < 2))
                continue;

            // "Rods & i" is a magazine: nobody's name is one small letter.
            if ((words[i] == "&" && !isEdge && IsSmallLetter(words[i + 1])) || (i > 0 && words[i - 1] == "&" && IsSmallLetter(words[i])))
                continue;

            if (i > start)
                yield return string.Join(' ', words[start..i]);
            start = i + 1;
        }

        if (start < words.Length)
            yield return string.Join(' ', words[start..]);
    }

    private static bool IsSmallLetter(string word) => word is [>= 'a' and <= 'z'];
}
