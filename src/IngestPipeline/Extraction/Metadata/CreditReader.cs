namespace IngestPipeline.Extraction.Metadata;

/// <summary>Reads the agency credit and the dateline's place.</summary>
internal static class CreditReader
{
    private const int Paragraph = 60;

    public static (Sourced<string>? Agency, Sourced<string>? Place) Read(PageFacts facts, IEnumerable<Sourced<Byline>> bylines, string? body)
    {
        var dateline = DatelineReader.Read(body ?? FirstParagraphs(facts));
        var place = dateline?.Place is { } named ? new Sourced<string>(named, "text:dateline") : null;
        // "DENVER (KDVR) —" on KDVR's own pages names the outlet and no agency.
        if (dateline?.Agency is { } agency && (Agencies.IsListed(agency) || !facts.Sites.Contains(agency)))
            return (new(agency, "text:dateline"), place);

        foreach (var byline in bylines)
        {
            foreach (var name in byline.Value.Others)
            {
                if (Agencies.Find(name) is { } credited)
                    return (new(credited, byline.Source), place);
            }
        }

        return (null, place);
    }

    private static string FirstParagraphs(PageFacts facts)
    {
        var lines = facts.Scan.Lines.Where(l => l.Length >= Paragraph && l.Position > facts.Headline && !facts.IsAside(l.Region)).Take(3);
        return string.Join('\n', lines.Select(l => l.Text));
    }
}
