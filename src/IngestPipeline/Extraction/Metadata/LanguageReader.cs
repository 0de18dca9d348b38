using System.Text;
using IngestPipeline.Extraction.Languages;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>Settles the language between what the page says of itself and what its text is.</summary>
internal static class LanguageReader
{
    private const int EnoughText = 200;
    private const int MaxText = 1_600;
    private const string OfText = "text";

    public static Sourced<string>? Read(PageFacts facts, string? body)
    {
        var text = string.IsNullOrWhiteSpace(body) ? OfLines(facts) : body;
        var found = LanguageDetector.Detect(text);
        var declared = Declared(facts).ToList();
        if (found is null)
        {
            // A long text that is in none of the known languages is hardly in the template's.
            return text.Length < EnoughText && declared.Count > 0 ? declared[0] : null;
        }

        return declared.Find(d => d.Value == found) ?? (text.Length >= EnoughText || declared.Count == 0 ? new(found, OfText) : declared[0]);
    }

    /// <summary>The language once the article's text is known: where no declaration and the page's lines agreed, its text decides.</summary>
    /// <param name="language">What <see cref="Read"/> found.</param>
    /// <param name="blocks">The article's blocks.</param>
    public static Sourced<string>? OfArticle(Sourced<string>? language, IReadOnlyList<Block> blocks)
    {
        if (language is { Source: not OfText })
            return language;

        var text = new StringBuilder();
        for (var i = 0; i < blocks.Count && text.Length < MaxText; i++)
        {
            if (blocks[i].InText)
                text.Append(blocks[i].Text).Append('\n');
        }

        return text.Length >= EnoughText && LanguageDetector.Detect(text.ToString()) is { } found ? new(found, OfText) : language;
    }

    private static IEnumerable<Sourced<string>> Declared(PageFacts facts)
    {
        (string? Tag, string Source)[] candidates =
        [
            (facts.Main?.Text("inLanguage"), "json-ld:inLanguage"), (facts.Scan.Language, "html:lang"), (Meta("og:locale"), "meta:og:locale"),
            (Meta("content-language"), "meta:content-language"),
            (Meta("dc.language"), "meta:dc.language"), (Meta("dcterms.language"), "meta:dcterms.language"), (Meta("language"), "meta:language"),
            (Meta("citation_language"), "meta:citation_language"),
        ];
        foreach (var (tag, source) in candidates)
        {
            if (LanguageDetector.Primary(tag) is { } primary)
                yield return new(primary, source);
        }

        string? Meta(string name) => facts.Scan.Meta(name)?.Content;
    }

    // The running text below the headline: long lines, outside other things.
    private static string OfLines(PageFacts facts)
    {
        var text = new StringBuilder();
        foreach (var line in facts.Scan.Lines)
        {
            if (text.Length >= MaxText)
                break;
            if (line.Length >= 60 && line.Position > facts.Headline && !facts.IsAside(line.Region))
                text.Append(line.Text).Append('\n');
        }

        return text.ToString();
    }
}
