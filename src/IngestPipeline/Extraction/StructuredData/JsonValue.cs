namespace IngestPipeline.Extraction.StructuredData;

/// <summary>What a <see cref="JsonValue"/> holds.</summary>
internal enum JsonKind
{
    Null,
    Boolean,
    Number,
    Text,
    Array,
    Object,
}

/// <summary>A value of JSON as pages write it: members keep their order and may repeat.</summary>
internal sealed class JsonValue
{
    private static readonly IReadOnlyList<JsonValue> NoItems = [];
    private static readonly List<KeyValuePair<string, JsonValue>> NoMembers = [];

    private JsonValue(JsonKind kind, string text)
    {
        Kind = kind;
        Text = text;
    }

    public static JsonValue Null { get; } = new(JsonKind.Null, "");

    public JsonKind Kind { get; }

    /// <summary>The text of a string, or a number or boolean as written; empty otherwise.</summary>
    public string Text { get; }

    public IReadOnlyList<JsonValue> Items { get; private init; } = NoItems;

    /// <summary>An object's members; a list, as they are looked through for each name, and nobody adds to them from here.</summary>
    public List<KeyValuePair<string, JsonValue>> Members { get; private init; } = NoMembers;

    /// <summary>The first member of this name that is not null; null when there is none. Names differ by case on some pages.</summary>
    public JsonValue? this[string name]
    {
        get
        {
            foreach (var (key, value) in Members)
            {
                if (value.Kind != JsonKind.Null && key.Equals(name, StringComparison.OrdinalIgnoreCase))
                    return value;
            }

            return null;
        }
    }

    public static JsonValue OfText(string text) => new(JsonKind.Text, text);

    /// <summary>A number, boolean or null from its literal; a bare word is text.</summary>
    public static JsonValue OfLiteral(string literal) => literal switch
    {
        "" or "null" or "undefined" or "NaN" => Null,
        "true" or "false" => new(JsonKind.Boolean, literal),
        [(>= '0' and <= '9') or '-' or '+' or '.', ..] => new(JsonKind.Number, literal),
        _ => OfText(literal),
    };

    public static JsonValue OfArray(IReadOnlyList<JsonValue> items) => new(JsonKind.Array, "") { Items = items };

    public static JsonValue OfObject(List<KeyValuePair<string, JsonValue>> members) => new(JsonKind.Object, "") { Members = members };
}
