using System.Buffers;
using System.Text;
using IngestPipeline.Extraction.Metadata;
using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Extraction;

/// <summary>
/// Tells which attributes of one start tag the page keeps before it is parsed: those that <see cref="ReadAttributes"/> keeps, and that are read of this
/// element.
/// </summary>
/// <param name="use">What is read of the element.</param>
internal struct KeptAttributes(TagUse use)
{
    private static readonly SearchValues<string> Hiding = SearchValues.Create(["display", "clip"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Relations = SearchValues.Create(["canonical", "image_src"], StringComparison.OrdinalIgnoreCase);

    private bool? _isRelated;
    private bool _lacksAddress;
    private bool _lacksStyle;
    private bool _isProperty;

    /// <summary>True when an address was not kept that is the value of a property.</summary>
    public readonly bool LacksValue => _lacksAddress && _isProperty;

    /// <summary>True when nobody reads the whole element.</summary>
    public readonly bool IsUnread => _isRelated == false && !_isProperty;

    /// <summary>True when an attribute is kept; all of a tag are asked for in order, since of several of one name the parser takes the first.</summary>
    /// <param name="name">Its name, in any case.</param>
    /// <param name="assigned">What stands behind the name: nothing, or an equals sign and a value.</param>
    public bool Keeps(ReadOnlySpan<char> name, ReadOnlySpan<char> assigned)
    {
        if (use == TagUse.Mute)
            return false;
        if (!name.ContainsAnyInRange('A', 'Z'))
            return KeepsSmall(name, assigned);

        Span<char> small = stackalloc char[ReadAttributes.MaxName];
        return name.Length <= small.Length && Ascii.ToLower(name, small, out var length) == OperationStatus.Done && KeepsSmall(small[..length], assigned);
    }

    private bool KeepsSmall(ReadOnlySpan<char> name, ReadOnlySpan<char> assigned)
    {
        if (!ReadAttributes.IsRead(name))
            return false;
        if (use == TagUse.Whole)
            return true;
        if (use == TagUse.Typed)
            return name is "type";

        switch (name)
        {
            case "rel" when use == TagUse.Link:
                _isRelated ??= assigned.ContainsAny(Relations) || assigned.Contains('&');
                return true;
            case "itemprop" or "property":
                _isProperty = use is TagUse.Anchor or TagUse.Link;
                return true;
            case var _ when use == TagUse.Link:
                return true;
            case "href":
                _lacksAddress |= use != TagUse.Anchor || IsNobodys(assigned);
                return !_lacksAddress;
            case "style":
                _lacksStyle |= !assigned.ContainsAny(Hiding) && !assigned.Contains('&');
                return !_lacksStyle;
            default:
                return name is not ("lang" or "name" or "http-equiv" or "value" or "type" or "color" or "face" or "size" or "encoding" or "action" or "prompt");
        }
    }

    // Neither an author's page nor the site's first one. A reference may stand for any letter.
    private static bool IsNobodys(ReadOnlySpan<char> assigned)
    {
        var value = HtmlTags.Value(assigned);
        return !value.Contains('&') && !PageCues.IsAuthorAddress(value) && !HomeLink.MayBeHome(value);
    }
}
