using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens.Struct;

namespace IngestPipeline.Extraction.Tree;

/// <summary>
/// Which attributes a page's tree keeps: the ones that segmentation, metadata or the parser itself read. Most others are addresses and data of scripts.
/// </summary>
internal static class ReadAttributes
{
    /// <summary>Longer names are not read.</summary>
    public const int MaxName = 24;

    /// <summary>Asked by the parser for each attribute, the tag's name being known.</summary>
    public static readonly ShouldEmitAttribute Filter = static (ref tag, name) => IsRead(name.Span) || KeepsAll(tag.Name.Memory.Span);

    /// <summary>True for an attribute that is read, wherever it stands.</summary>
    public static bool IsRead(ReadOnlySpan<char> name) => name switch
    {
        // Segmentation and metadata.
        "class" or "id" or "role" or "style" or "hidden" or "aria-hidden" or "itemprop" or "itemscope" or "itemtype" or "property" or "typeof"
            or "datetime" or "content" or "title" or "lang" or "href" or "rel" or "slot" => true,
        "data-testid" or "data-test" or "data-qa" or "data-name" or "data-type" or "data-component" or "data-module" or "data-hook"
            or "data-date" or "data-datetime" or "data-timestamp" or "data-time" or "data-utc" or "data-published" or "data-publish-date" => true,
        "name" or "http-equiv" or "value" or "type" => true,

        // The HTML Living Standard's tree construction: what stands inside a table, in foreign content, in an isindex, in a template that is shown.
        "color" or "face" or "size" or "encoding" or "action" or "prompt" or "shadowrootmode" => true,
        _ => false,
    };

    // Of formatting elements the parser asks whether three open ones are the same (the standard's "Noah's Ark clause"); of links only one is ever open.
    private static bool KeepsAll(ReadOnlySpan<char> tag) =>
        tag.Length <= 6 && tag is "b" or "i" or "u" or "s" or "em" or "tt" or "big" or "code" or "font" or "nobr" or "small" or "strike" or "strong";
}
