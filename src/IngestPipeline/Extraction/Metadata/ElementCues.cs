using IngestPipeline.Extraction.StructuredData;
using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>What an element's attributes say about it.</summary>
internal readonly record struct ElementCues
{
    private const int MaxAttributes = 40;
    private const int MaxValue = 200;

    /// <summary>What it marks.</summary>
    public MarkKinds Mark { get; private init; }

    /// <summary>Its machine-readable value; null when it has none.</summary>
    public string? Value { get; private init; }

    /// <summary>Its language; null when it names none.</summary>
    public string? Language { get; private init; }

    /// <summary>The property that it fills, from microdata or RDFa Lite; null when none.</summary>
    public string? Property { get; private init; }

    /// <summary>The type that it opens a scope of; empty for a scope without a type; null when it opens none.</summary>
    public string? Scope { get; private init; }

    /// <summary>True when a class or id belongs to the page's furniture.</summary>
    public bool IsFurniture { get; private init; }

    public static ElementCues Of(TreeElement element, TagTraits tag, NameTable names)
    {
        var attributes = element.Attributes;
        var count = Math.Min(attributes.Length, MaxAttributes);
        var mark = (tag & TagTraits.Time) != 0 ? MarkKinds.Date | MarkKinds.Time : MarkKinds.None;
        if (count == 0)
            return new() { Mark = mark };

        var (furniture, scope) = (false, false);
        string? value = null, language = null, property = null, type = null;
        ReadOnlySpan<char> title = default;
        for (var i = 0; i < count; i++)
        {
            ref readonly var attribute = ref attributes[i];
            switch (attribute.Name)
            {
                case "class":
                    var facts = element.ClassFacts ??= names.Of(attribute.Memory);
                    mark |= facts.Kinds;
                    furniture |= facts.IsFurniture;
                    break;
                case "id" when attribute.Value.Length <= NameFacts.MaxLength:
                    // An id hardly comes again.
                    mark |= PageCues.KindsOf(attribute.Value);
                    furniture |= PageCues.IsFurniture(attribute.Value);
                    break;
                case "itemprop" or "property":
                    property = Bare(attribute.Value);
                    mark |= names.Of(attribute.Memory).Kinds;
                    break;
                case "itemscope":
                    scope = true;
                    break;
                case "itemtype":
                    type = attribute.Value.ToString();
                    break;
                case "typeof":
                    type = attribute.Value.ToString();
                    scope = true;
                    break;
                case "datetime" or "content":
                    value = Short(attribute.Value);
                    break;
                case "data-date" or "data-datetime" or "data-timestamp" or "data-time" or "data-utc" or "data-published" or "data-publish-date":
                    value ??= Short(attribute.Value);
                    mark |= MarkKinds.Date;
                    break;
                case "title":
                    title = attribute.Value;
                    break;
                case "lang":
                    language = attribute.Value.ToString();
                    break;
                case "href" when element.LocalName == "a":
                    if (PageCues.IsAuthorAddress(attribute.Value))
                        mark |= MarkKinds.Author;
                    break;
                case "rel" or "slot" or "role" or "data-testid" or "data-qa" or "data-test" or "data-component" or "data-hook" or "data-type" or "data-module":
                    mark |= names.Of(attribute.Memory).Kinds;
                    break;
                default:
                    break;
            }
        }

        return new()
        {
            Mark = mark,
            Value = (value ?? ((mark & MarkKinds.Date) != 0 ? Short(title) : null)) is { Length: > 0 and < MaxValue } found ? found : null,
            Language = language,
            Property = property,
            Scope = scope ? type ?? "" : null,
            IsFurniture = furniture,
        };
    }

    /// <summary>The names that an element goes by, joined, in lower case: class, id, itemprop, property, rel, role and test ids.</summary>
    public static string NamesOf(TreeElement element)
    {
        var names = "";
        var attributes = element.Attributes;
        for (var i = 0; i < attributes.Length && i < MaxAttributes; i++)
        {
            ref readonly var attribute = ref attributes[i];
            if (attribute.Value.Length is > 0 and <= NameFacts.MaxLength
                && (attribute.Name is "class" or "id" or "itemprop" or "property" || IsOtherName(attribute.Name)))
                names = names.Length == 0 ? attribute.Value.ToString() : $"{names} {attribute.Value}";
        }

        return names.ToLowerInvariant();
    }

    /// <summary>A <c>meta</c> element's name and content; null when either is missing.</summary>
    public static PageMeta? MetaOf(TreeElement element)
    {
        var name = element.GetAttribute("property") ?? element.GetAttribute("name") ?? element.GetAttribute("itemprop") ?? element.GetAttribute("http-equiv");
        var content = element.GetAttribute("content") ?? element.GetAttribute("value");
        if (string.IsNullOrWhiteSpace(name) || name.Length > 100 || string.IsNullOrWhiteSpace(content))
            return null;

        var line = HtmlFragment.Line(content.Length > 8_000 ? content[..8_000] : content);
        return line.Length > 0 ? new(name.Trim().ToLowerInvariant(), line) : null;
    }

    // Longer ones are no value.
    private static string? Short(ReadOnlySpan<char> value) => value.Length < MaxValue ? value.ToString() : "";

    private static bool IsOtherName(ReadOnlySpan<char> name) =>
        name is "rel" or "slot" or "role" or "data-testid" or "data-qa" or "data-test" or "data-component" or "data-hook" or "data-type" or "data-module";

    // "schema:datePublished" and "http://schema.org/datePublished" are "datePublished"; of several names the first counts.
    private static string Bare(ReadOnlySpan<char> property)
    {
        var name = property.Trim();
        if (name.IndexOf(' ') is var space and > 0)
            name = name[..space];
        return name[(name.LastIndexOfAny(':', '/', '#') + 1)..].ToString();
    }
}
