using System.Collections.Frozen;
using IngestPipeline.Extraction.Metadata;

namespace IngestPipeline.Deduplication;

/// <summary>Finds the news agency that an article is credited to.</summary>
internal static class AgencyCredit
{
    /// <summary>Characters at the start of a text in which a dateline or a credit line is looked for.</summary>
    private const int Head = 1500;

    // A short name of up to four letters may be something else's; the table lists it among the forms where it is the agency's.
    private const int ShortName = 4;

    private static readonly FrozenDictionary<string, string> Names = Agencies.Rows()
        .SelectMany(r => r.Name.Length > ShortName ? r.Forms.Append(r.Name) : r.Forms, (r, form) => (r.Name, Form: form))
        .DistinctBy(f => f.Form).ToFrozenDictionary(f => f.Form, f => f.Name, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Names.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The agency's short name: as given, else from the source, else from a dateline or credit; null when there is none.</summary>
    public static string? Of(CopyDocument document)
    {
        if (document.Agency is { Length: > 0 } given)
            return Names.GetValueOrDefault(given, given);
        return OfSource(document.Source) ?? InDateline(document.Text);
    }

    /// <summary>The agency that a source is; null when the source is an outlet.</summary>
    public static string? OfSource(string? source) => source is null ? null : Names.GetValueOrDefault(source.Trim());

    // "WASHINGTON (AP) — ", "By NAME, Associated Press": a bracket or the rest of a byline that is nothing but an agency's name.
    private static string? InDateline(string text)
    {
        var rest = text.AsSpan(0, Math.Min(Head, text.Length));
        while (true)
        {
            var end = rest.IndexOfAny(")\n,|");
            if (end is >= 2 and <= 40)
            {
                var name = rest[..end].Trim();
                if (name.StartsWith("By ", StringComparison.Ordinal))
                    name = name[3..];
                if (Lookup.TryGetValue(name, out var agency))
                    return agency;
            }

            var start = rest.IndexOfAny("(,\n|/");
            if (start < 0)
                break;
            rest = rest[(start + 1)..];
        }

        return null;
    }
}
