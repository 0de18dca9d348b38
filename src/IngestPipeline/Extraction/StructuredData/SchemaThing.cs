namespace IngestPipeline.Extraction.StructuredData;

/// <summary>A thing of schema.org that a page describes, from JSON-LD or microdata.</summary>
/// <param name="value">Its properties; an object.</param>
/// <param name="byId">The page's things by <c>@id</c>, for references between them.</param>
internal sealed class SchemaThing(JsonValue value, IReadOnlyDictionary<string, JsonValue> byId)
{
    private IReadOnlyList<string>? _types;

    /// <summary>Its types without their vocabulary: <c>NewsArticle</c>.</summary>
    public IReadOnlyList<string> Types => _types ??= ReadTypes();

    /// <summary>The value's identity, which two things share that came from one place.</summary>
    public JsonValue Value => value;

    /// <summary>True when any of its types passes.</summary>
    public bool Is(Func<string, bool> test)
    {
        foreach (var type in Types)
        {
            if (test(type))
                return true;
        }

        return false;
    }

    /// <summary>The first text of a property as one line: a string, a number, or a nested thing's value, name or address.</summary>
    public string? Text(string name)
    {
        foreach (var item in Values(name))
        {
            if (LineOf(item) is { Length: > 0 } line)
                return line;
        }

        return null;
    }

    /// <summary>The values of a property, lists flattened, references followed.</summary>
    public IEnumerable<JsonValue> Values(string name) => value[name] is { } found ? Flatten(found, 0) : [];

    /// <summary>The things that a property names.</summary>
    public IEnumerable<SchemaThing> Things(string name) => Values(name).Where(v => v.Kind == JsonKind.Object).Select(v => new SchemaThing(v, byId));

    /// <summary>A value as one line; null for one that has no text of its own.</summary>
    public static string? LineOf(JsonValue item) => item.Kind switch
    {
        JsonKind.Text or JsonKind.Number => HtmlFragment.Line(item.Text),
        JsonKind.Boolean => item.Text,
        JsonKind.Object => (item["@value"] ?? item["name"] ?? item["url"] ?? item["@id"]) is { } inner && inner.Kind is JsonKind.Text or JsonKind.Number
            ? LineOf(inner)
            : null,
        _ => null,
    };

    private IEnumerable<JsonValue> Flatten(JsonValue item, int depth)
    {
        if (item.Kind != JsonKind.Array)
            return item.Kind == JsonKind.Null ? [] : [Resolve(item)];
        return depth > 4 ? [] : item.Items.SelectMany(i => Flatten(i, depth + 1));
    }

    // A reference is an object that says nothing but its id.
    private JsonValue Resolve(JsonValue item) =>
        item is { Kind: JsonKind.Object, Members.Count: <= 2 } && item["@id"] is { Kind: JsonKind.Text } id && item["name"] is null
        && byId.TryGetValue(id.Text, out var target)
            ? target
            : item;

    private List<string> ReadTypes()
    {
        var types = new List<string>();
        foreach (var item in (value["@type"] ?? value["type"]) is { } found ? Flatten(found, 0) : [])
        {
            var text = item.Text.Trim();
            var name = text[(text.LastIndexOfAny(['/', '#', ':']) + 1)..];
            if (name.Length is > 0 and <= 60 && types.Count < 8)
                types.Add(name);
        }

        return types;
    }
}
