using System.Buffers;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>The words of bylines.</summary>
internal static class BylineWords
{
    private static readonly ILookup<string, string> Words =
        DataTable.Words("bylines.table.txt").ToLookup(w => w.Kind, w => TextKey.Of(w.Word.Replace('-', ' ')).Trim(), StringComparer.Ordinal);

    private static readonly HashSet<string> Roles = [.. Words["role"]];
    private static readonly HashSet<string> Organisations = [.. Words["org"]];
    private static readonly HashSet<string> Editors = [.. Words["editor"]];
    private static readonly HashSet<string> Stops = [.. Words["stop"]];
    private static readonly HashSet<string> Surnames = [.. Words["surname"]];
    private static readonly HashSet<string> Desks = [.. Words["desk"]];
    private static readonly HashSet<string> Institutes = [.. Words["institute"]];
    private static readonly HashSet<string> OthersWorks = [.. Words["others-work"]];

    /// <summary>What may stand before names.</summary>
    public static PhraseIndex By { get; } = new(Words["by"].Select(w => w.TrimEnd(':')));

    /// <summary>Longer words that start with one of those in scripts without blanks.</summary>
    public static PhraseIndex NotBy { get; } = new(Words["not-by"]);

    /// <summary>What stands before the name or login of somebody who submitted a text.</summary>
    public static PhraseIndex Submitted { get; } = new(Words["submitted"]);

    /// <summary>What may stand before names with a colon between.</summary>
    public static HashSet<string> Labels { get; } = Words["label"].ToHashSet(StringComparer.Ordinal);

    /// <summary>Phrases behind which the names are an editor's, a reviewer's or a photographer's.</summary>
    public static IReadOnlyList<string> Ends { get; } = [.. Words["end"]];

    /// <summary>Any of <see cref="Ends"/>.</summary>
    public static SearchValues<string> AnyEnd { get; } = SearchValues.Create([.. Words["end"]], StringComparison.Ordinal);

    /// <summary>Words inside names that have no capital.</summary>
    public static HashSet<string> Particles { get; } = Words["particle"].ToHashSet(StringComparer.Ordinal);

    /// <summary>Words that part names.</summary>
    public static HashSet<string> And { get; } = Words["and"].ToHashSet(StringComparer.Ordinal);

    /// <summary>The words of a kind that only one reader needs.</summary>
    public static HashSet<string> Of(string kind) => [.. Words[kind]];

    public static bool IsRole(string key) => Roles.Contains(key);

    /// <summary>True for a role's word that is a surname too, behind one first name: "Ann Read".</summary>
    public static bool IsSurname(string key) => Surnames.Contains(key);

    public static bool IsOrganisation(string key) => Organisations.Contains(key);

    /// <summary>True for an organisation whose name goes on with what it is for.</summary>
    public static bool IsInstitute(string key) => Institutes.Contains(key);

    /// <summary>True for an organisation's word by which a desk signs: "Redaktion", "Harbour Desk".</summary>
    public static bool IsDesk(string key) => Desks.Contains(key);

    /// <summary>True for an editor's label.</summary>
    public static bool IsEditor(string key) => Editors.Contains(key);

    /// <summary>True for what stands in brackets behind the name of somebody who did not write: pictures, drawings, a translation.</summary>
    public static bool IsOthersWork(string bracketed)
    {
        var words = TextKey.Words(bracketed).Split(' ');
        return words.Any(OthersWorks.Contains) && !words.Any(Labels.Contains);
    }

    public static bool IsStop(string key) => Stops.Contains(key);
}
