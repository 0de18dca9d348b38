using IngestPipeline.Extraction.StructuredData;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>
/// Tells the person whose site it is from an outlet that writes under its own name: both are the site's name. The page says that the one is a person, or
/// calls the site by another name: <c>Ann Larsen Photography</c>.
/// </summary>
internal sealed class SiteOwner(PageFacts facts)
{
    private const int MinShared = 3;

    // An outlet's name may begin so, a person's does not.
    private static readonly HashSet<string> Articles = ["the", "a", "der", "die", "das", "la", "le", "les", "el", "los", "las", "il", "lo", "het", "o", "os"];

    private HashSet<string>? _people;
    private HashSet<string>? _outlets;
    private string? _site;

    /// <summary>True for a name of two or three words that is the owner's.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isSites">True when it is one of the site's names and not only like one.</param>
    public bool Is(string name, bool isSites)
    {
        if (NameAffixes.IsUnspaced(name))
            return false;

        if (_people is null)
            Read();

        var words = TextKey.Words(name).Split(' ');
        var joined = string.Concat(words);
        if (words.Length is < 2 or > 3 || Articles.Contains(words[0]) || _outlets!.Contains(joined))
            return false;

        var site = _site is null ? "" : TextKey.Words(_site);
        var isAll = site.Replace(" ", "", StringComparison.Ordinal) == joined;
        if (_people!.Contains(joined))
            return !isAll || _outlets.Count == 0;
        if (_site is null || isAll)
            return false;

        // "Ann Larsen Photography", "Ann Larsen's notes"; behind a dash or a bar stands a slogan.
        if (_site.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            return _site.AsSpan(name.Length) is ['\'' or '’', ..] or [' ', >= 'A' and <= 'z', ..];
        return isSites && !Array.Exists(words, w => w.Length >= MinShared && site.Contains(w, StringComparison.Ordinal));
    }

    private void Read()
    {
        (_people, _outlets) = ([], []);
        var things = facts.Things.Concat(facts.Microdata).Take(100).ToList();
        foreach (var thing in things.Concat(things.SelectMany(t => t.Things("author").Concat(t.Things("publisher")))))
        {
            if (thing.Text("name") is not { Length: > 0 and <= 80 } name)
                continue;
            var joined = TextKey.Joined(name);
            if (thing.Is(t => t == "Person"))
                _people.Add(joined);
            else if (thing.Is(t => t.EndsWith("Organization", StringComparison.Ordinal)))
                _outlets.Add(joined);
        }

        _site = facts.Scan.Meta("og:site_name", "application-name") is { Content: var site } ? site : null;
    }
}
