using IngestPipeline.Extraction.StructuredData;
using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>Builds the things of microdata and RDFa Lite while a page is walked, in the shape that JSON-LD has.</summary>
/// <remarks>HTML Living Standard, section 5 (itemscope, itemtype, itemprop); RDFa Lite 1.1 (typeof, property). <c>itemref</c> is not followed.</remarks>
internal sealed class MicrodataBuilder
{
    private const int MaxProperties = 2_000;
    private const int MaxDepth = 12;
    private const int MaxValue = 500;

    // Long texts whose elements hold whole articles; nobody reads them from here.
    private static readonly HashSet<string> Unread =
        new(StringComparer.OrdinalIgnoreCase) { "articleBody", "text", "encoded", "reviewBody", "description", "mainContentOfPage", "comment" };

    private readonly List<JsonValue> _things = [];
    private readonly List<KeyValuePair<string, JsonValue>> _loose = [];
    private readonly Stack<List<KeyValuePair<string, JsonValue>>> _open = new();
    private int _properties;

    /// <summary>The things that stand in no other, in order; last one without a type for properties that stand in no thing.</summary>
    public IReadOnlyList<JsonValue> Things => _loose.Count > 0 ? [.. _things, JsonValue.OfObject(_loose)] : _things;

    /// <summary>Takes an element's part; true when it opened a thing, which <see cref="Leave"/> then ends.</summary>
    public bool Enter(TreeElement element, ElementCues cues)
    {
        if (cues.Scope is { } type && _open.Count < MaxDepth && _properties < MaxProperties)
        {
            List<KeyValuePair<string, JsonValue>> members = [new("@type", JsonValue.OfText(type))];
            Add(cues.Property, JsonValue.OfObject(members));
            _open.Push(members);
            return true;
        }

        if (cues.Property is { Length: > 0 } property && !Unread.Contains(property) && ValueOf(element, cues) is { Length: > 0 } value)
            Add(property, JsonValue.OfText(value));
        return false;
    }

    /// <summary>Takes a <c>meta</c> or <c>link</c> element.</summary>
    public void Meta(TreeElement element)
    {
        if (element.GetAttribute("itemprop") is { Length: > 0 and < 100 } name
            && (element.GetAttribute("content") ?? element.GetAttribute("href")) is { Length: > 0 } value)
            Add(name.Trim(), JsonValue.OfText(value));
    }

    public void Leave() => _open.Pop();

    private void Add(string? property, JsonValue value)
    {
        if (++_properties > MaxProperties)
            return;

        if (property is { Length: > 0 } && _open.TryPeek(out var members))
            members.Add(new(property, value));
        else if (value.Kind == JsonKind.Object)
            _things.Add(value);
        else if (property is { Length: > 0 })
            _loose.Add(new(property, value));
    }

    private static string? ValueOf(TreeElement element, ElementCues cues) => element.LocalName switch
    {
        _ when cues.Value is { Length: > 0 } value => value,
        "a" when cues.Property is "url" or "sameAs" or "mainEntityOfPage" => element.GetAttribute("href"),
        _ => NodeText.Line(element, MaxValue),
    };
}
