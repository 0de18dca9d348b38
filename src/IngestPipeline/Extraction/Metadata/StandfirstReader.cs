namespace IngestPipeline.Extraction.Metadata;

/// <summary>Reads the standfirst: the sentence or two under the headline that say what the article tells. The rules are in <c>docs/metadata.md</c>.</summary>
internal static class StandfirstReader
{
    private const int Shortest = 25;
    private const int Longest = 600;

    // A standfirst stands right below the headline.
    private const int Below = 60;

    // The start of a longer line is an excerpt that a content system has cut out of the text.
    private const int Excerpt = 120;

    public static Sourced<string>? Read(PageFacts facts, string? title)
    {
        var titleKey = title is null ? "" : TextKey.Words(title);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var given in Given(facts))
        {
            var text = given.Value.Trim();
            var isCut = IsCut(ref text);
            var key = TextKey.Words(text);

            // Most pages say the same in each place.
            if (!seen.Add(key) || text.Length is < Shortest or > Longest || key == titleKey || IsMotto(text, facts.Sites))
                continue;

            // What the page shows says it whole; a cut text that it does not show is none, nor is the start of the article's text.
            var shown = Shown(facts, key, out var isExcerpt);
            if (shown is not null)
                return new(shown, "visible:standfirst");
            if (!isCut && !isExcerpt)
                return given with { Value = text };
        }

        return null;
    }

    // Most trusted first.
    private static IEnumerable<Sourced<string>> Given(PageFacts facts)
    {
        if (facts.Main?.Text("description") is { } linked)
            yield return new(linked, facts.Things.Contains(facts.Main) ? "json-ld:description" : "microdata:description");
        foreach (var meta in facts.Metas("og:description", "description", "twitter:description", "sailthru.description", "dc.description"))
            yield return new(meta.Content, "meta:" + meta.Name);
    }

    // "The Daily Example, news from the islands" is told of every page.
    private static bool IsMotto(string text, SiteNames sites) =>
        sites.Contains(text)
            || (text.AsSpan().IndexOfAny(",:|") is > 3 and < 60 and var end && sites.Contains(text[..end]))
            || (text.IndexOf(" - ", StringComparison.Ordinal) is > 3 and < 60 and var dash && sites.Contains(text[..dash]));

    private static bool IsCut(ref string text)
    {
        var whole = text.TrimEnd(']', ' ');
        var bare = whole.TrimEnd('.', '…', '[', ' ');
        if (whole.EndsWith('…') || whole.EndsWith("...", StringComparison.Ordinal))
        {
            text = bare;
            return true;
        }

        return false;
    }

    private static string? Shown(PageFacts facts, string key, out bool isExcerpt)
    {
        isExcerpt = false;
        foreach (var line in facts.Scan.Lines)
        {
            if (line.Position <= facts.Headline || facts.Headline < 0 || line.Length < Shortest)
                continue;

            var isBelow = line.Position <= facts.Headline + Below && line.Length <= PageScanner.MaxLine && !facts.IsAside(line.Region);
            if (!MayStart(line.Text, key))
                continue;

            var shown = TextKey.Words(line.Text);
            if (!shown.StartsWith(key, StringComparison.Ordinal) && !key.StartsWith(shown, StringComparison.Ordinal))
                continue;
            if (isBelow && 100 * shown.Length <= Excerpt * key.Length && 100 * key.Length <= Excerpt * shown.Length)
                return line.Text;
            isExcerpt = true;
        }

        return null;
    }

    // Their first letters tell most lines apart without a copy.
    private static bool MayStart(string line, string key)
    {
        var at = 0;
        while (at < line.Length && !char.IsLetterOrDigit(line[at]))
            at++;
        return at < line.Length && key.Length > 0 && (char.ToLowerInvariant(line[at]) == key[0] || line[at] > '\u007f');
    }
}
