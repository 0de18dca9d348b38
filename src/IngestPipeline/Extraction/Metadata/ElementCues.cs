using AngleSharp.Dom;
using IngestPipeline.Extraction.StructuredData;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>What an element's attributes say about it.</summary>
internal readonly record struct ElementCues
{
    /// <summary>The names that it goes by, joined: class, id, itemprop, property, rel, role and test ids.</summary>
    public string Names { get; private init; }

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

    public static ElementCues Of(IElement element, CueCache cache)
    {
        var attributes = element.Attributes;
        var (names, mark, furniture) = ("", element.LocalName == "time" ? MarkKinds.Date | MarkKinds.Time : MarkKinds.None, false);
        string? value = null, title = null, language = null, property = null, type = null;
        var scope = false;
        for (var i = 0; i < attributes.Length && i < 60; i++)
        {
            var attribute = attributes[i]!;
            var text = attribute.Value;
            switch (attribute.Name)
            {
                case "class" or "id":
                    furniture |= Take(text);
                    break;
                case "rel" or "data-testid" or "data-qa" or "data-test" or "data-component" or "data-hook" or "data-type" or "data-module" or "slot" or "role":
                    Take(text);
                    break;
                case "itemprop" or "property":
                    property = Bare(text);
                    Take(text);
                    break;
                case "itemscope":
                    scope = true;
                    break;
                case "itemtype" or "typeof":
                    type = text;
                    scope |= attribute.Name == "typeof";
                    break;
                case "datetime" or "content":
                    value = text;
                    break;
                case "data-date" or "data-datetime" or "data-timestamp" or "data-time" or "data-utc" or "data-published" or "data-publish-date":
                    value ??= text;
                    mark |= MarkKinds.Date;
                    break;
                case "title":
                    title = text;
                    break;
                case "lang" or "xml:lang":
                    language = text;
                    break;
                default:
                    break;
            }
        }

        return new()
        {
            Names = names,
            Mark = mark,
            Value = (value ?? (mark.HasFlag(MarkKinds.Date) ? title : null)) is { Length: > 0 and < 200 } found ? found : null,
            Language = language,
            Property = property,
            Scope = scope ? type ?? "" : null,
            IsFurniture = furniture,
        };

        bool Take(string text)
        {
            if (text.Length is 0 or > 500)
                return false;

            var (kinds, isFurniture) = cache.Of(text);
            mark |= kinds;
            names = names.Length == 0 ? text : names + " " + text;
            return isFurniture;
        }
    }

    /// <summary>A <c>meta</c> element's name and content; null when either is missing.</summary>
    public static PageMeta? MetaOf(IElement element)
    {
        var name = element.GetAttribute("property") ?? element.GetAttribute("name") ?? element.GetAttribute("itemprop") ?? element.GetAttribute("http-equiv");
        var content = element.GetAttribute("content") ?? element.GetAttribute("value");
        if (string.IsNullOrWhiteSpace(name) || name.Length > 100 || string.IsNullOrWhiteSpace(content))
            return null;

        var line = HtmlFragment.Line(content.Length > 8_000 ? content[..8_000] : content);
        return line.Length > 0 ? new(name.Trim().ToLowerInvariant(), line) : null;
    }

    // "schema:datePublished" and "http://schema.org/datePublished" are "datePublished"; of several names the first counts.
    private static string Bare(string property)
    {
        var name = property.AsSpan().Trim();
        if (name.IndexOf(' ') is var space and > 0)
            name = name[..space];
        return name[(name.LastIndexOfAny(':', '/', '#') + 1)..].ToString();
    }
}
