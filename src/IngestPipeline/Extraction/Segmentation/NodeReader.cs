using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Extraction.Segmentation;

/// <summary>Reads an element's attributes into a <see cref="PageNode"/>.</summary>
/// <param name="names">What the page's class names say.</param>
internal sealed class NodeReader(NameTable names)
{
    /// <summary>Reads one element.</summary>
    public PageNode Read(TreeElement element, TagKind tag, PageNode? parent, int index)
    {
        var (cues, style) = (0UL, Fnv1a.Basis + (ulong)tag);
        var hidden = parent?.IsHidden ?? false;
        var isBody = false;
        foreach (ref readonly var attribute in element.Attributes)
        {
            switch (attribute.Name)
            {
                case "class":
                    var facts = element.ClassFacts ??= names.Of(attribute.Memory);
                    cues |= facts.Cues;
                    style ^= facts.Style;
                    break;
                case "id":
                    // Hardly any comes again.
                    cues |= CueTokens.Read(attribute.Value);
                    break;
                case "role" or "data-testid" or "data-component" or "data-module" or "data-type" or "data-qa" or "data-name":
                    cues |= names.Of(attribute.Memory).Cues;
                    break;
                case "itemprop":
                    isBody |= attribute.Value.IndexOf("articleBody") >= 0;
                    cues |= names.Of(attribute.Memory).Cues;
                    break;
                case "hidden":
                    hidden = true;
                    break;
                case "aria-hidden":
                    hidden |= attribute.Value.SequenceEqual("true");
                    break;
                case "style":
                    hidden |= attribute.Value.Length < 1000 && HidesText(attribute.Value);
                    break;
            }
        }

        return new()
        {
            Index = index,
            Parent = parent?.Index ?? -1,
            Depth = parent is null ? 0 : parent.Depth + 1,
            Tag = tag,
            Cues = cues,
            Style = style,
            IsHidden = hidden,
            IsArticleBody = isBody,
        };
    }

    /// <summary>True when an element calls itself hidden or for screen readers only, or its style cuts it down to nothing.</summary>
    public bool IsClipped(TreeElement element)
    {
        foreach (ref readonly var attribute in element.Attributes)
        {
            if (attribute.Name is "class" && ((element.ClassFacts ??= names.Of(attribute.Memory)).Cues & CueTokens.Bit(CueGroup.Hidden)) != 0)
                return true;
            if (attribute.Name is "style" && attribute.Value.Length < 1000 && Clips(attribute.Value))
                return true;
        }

        return false;
    }

    private static bool Clips(ReadOnlySpan<char> style) =>
        style.IndexOf("clip", StringComparison.OrdinalIgnoreCase) >= 0
        && (style.IndexOf("rect(0", StringComparison.OrdinalIgnoreCase) >= 0 || style.IndexOf("rect(1px", StringComparison.OrdinalIgnoreCase) >= 0 || style.IndexOf("inset(50%", StringComparison.OrdinalIgnoreCase) >= 0);

    private static bool HidesText(ReadOnlySpan<char> style)
    {
        var at = style.IndexOf("display", StringComparison.OrdinalIgnoreCase);
        return at >= 0 && style[at..].TrimStart("display").TrimStart().TrimStart(':').TrimStart().StartsWith("none", StringComparison.OrdinalIgnoreCase);
    }
}
