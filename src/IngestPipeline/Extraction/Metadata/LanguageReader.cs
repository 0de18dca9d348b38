using System.Text;
using IngestPipeline.Extraction.Languages;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>Settles the language between what the page says of itself and what its text is.</summary>
internal static class LanguageReader
{
    private const int EnoughText = 200;
    private const int MaxText = 1_600;

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

        return declared.Find(d => d.Value == found) ?? (text.Length >= EnoughText || declared.Count == 0 ? new(found, "text") : declared[0]);
    }

    private static IEnumerable<Sourced<string>> Declared(PageFacts facts)
    {
        (string? Tag, string Source)[] candidates =
        [
            (facts.Main?.Text("inLanguage"), "json-ld:inLanguage"), (facts.Scan.Language, "html:lang"), (Meta("og:locale"), "meta:og:locale"), (Meta("content-language"), "meta:content-language"),
            (Meta("dc.language"), "meta:dc.language"), (Meta("dcterms.language"), "meta:dcterms.language"), (Meta("language"), "meta:language"), (Meta("citation_language"), "meta:citation_language"),
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
