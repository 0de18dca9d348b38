using System.Net;

namespace IngestPipeline.Extraction.StructuredData;

/// <summary>
/// The things that a page's JSON-LD describes, flat and in order: the top of every script, the members of <c>@graph</c> and of lists, and
/// the main entity of each. Nested things (an author, a publisher) are reached through their owners.
/// </summary>
/// <remarks>JSON-LD 1.1 section 4.9 for <c>@graph</c>; contexts other than schema.org's are not resolved.</remarks>
internal static class LinkedData
{
    /// <summary>Most characters of one script that are read.</summary>
    public const int MaxLength = 2_000_000;

    /// <summary>Most things that are kept.</summary>
    public const int MaxThings = 1_000;

    private static readonly string[] Nested = ["@graph", "mainEntity", "mainEntityOfPage", "itemReviewed"];

    /// <summary>Reads the scripts' texts.</summary>
    public static IReadOnlyList<SchemaThing> Read(IEnumerable<ReadOnlyMemory<char>> scripts)
    {
        var found = new List<JsonValue>();
        foreach (var script in scripts)
        {
            foreach (var value in LooseJsonReader.ReadAll(Clean(script.Span)))
                Collect(value, found, 0);
        }

        var byId = new Dictionary<string, JsonValue>(StringComparer.Ordinal);
        foreach (var value in found)
        {
            if (value["@id"] is { Kind: JsonKind.Text } id && value.Members.Count > 2)
                byId.TryAdd(id.Text, value);
        }

        return [.. found.Select(v => new SchemaThing(v, byId))];
    }

    private static ReadOnlySpan<char> Clean(ReadOnlySpan<char> script)
    {
        var text = script.Length > MaxLength ? script[..MaxLength] : script;

        // A template engine that escaped the whole script.
        return !text.Contains('"') && text.IndexOf("&quot;", StringComparison.Ordinal) >= 0 ? WebUtility.HtmlDecode(text.ToString()) : text;
    }

    private static void Collect(JsonValue value, List<JsonValue> found, int depth)
    {
        if (depth > 6 || found.Count >= MaxThings)
            return;

        if (value.Kind == JsonKind.Array)
        {
            foreach (var item in value.Items)
                Collect(item, found, depth + 1);
            return;
        }

        if (value.Kind != JsonKind.Object)
            return;

        if (value["@type"] is not null || value["@graph"] is null)
            found.Add(value);
        foreach (var name in Nested)
        {
            if (value[name] is { } inner)
                Collect(inner, found, depth + 1);
        }
    }
}
