using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Extraction.Segmentation;

/// <summary>Reads an element's attributes into a <see cref="PageNode"/>; class values that come again are read once.</summary>
internal sealed class NodeReader
{
    private const int Typical = 300;

    private readonly Dictionary<string, (ulong Cues, ulong Style)>.AlternateLookup<ReadOnlySpan<char>> _classes =
        new Dictionary<string, (ulong Cues, ulong Style)>(Typical, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Reads one element.</summary>
    public PageNode Read(TreeElement element, TagKind tag, PageNode? parent, int index)
    {
        var (cues, style) = (0UL, 14695981039346656037UL + (ulong)tag);
        var hidden = parent?.IsHidden ?? false;
        var isBody = false;
        foreach (ref readonly var attribute in element.Attributes)
        {
            switch (attribute.Name)
            {
                case "class":
                    var read = ReadClass(attribute.Value);
                    cues |= read.Cues;
                    style ^= read.Style;
                    break;
                case "id":
                    // Hardly any comes again.
                    cues |= CueTokens.Read(attribute.Value);
                    break;
                case "role" or "data-testid" or "data-component" or "data-module" or "data-type" or "data-qa" or "data-name":
                    cues |= ReadClass(attribute.Value).Cues;
                    break;
                case "itemprop":
                    isBody |= attribute.Value.IndexOf("articleBody") >= 0;
                    cues |= ReadClass(attribute.Value).Cues;
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

    private (ulong Cues, ulong Style) ReadClass(ReadOnlySpan<char> value)
    {
        if (value.Length == 0)
            return default;

        if (_classes.TryGetValue(value, out var known))
            return known;

        // FNV-1a over the letters, in place of a string's hash, which differs between processes.
        var hash = 14695981039346656037UL;
        foreach (var c in value)
        {
            if (!char.IsAsciiDigit(c))
                hash = (hash ^ c) * 1099511628211UL;
        }

        var read = (CueTokens.Read(value), hash);
        _classes.TryAdd(value, read);
        return read;
    }

    private static bool HidesText(ReadOnlySpan<char> style)
    {
        var at = style.IndexOf("display", StringComparison.OrdinalIgnoreCase);
        return at >= 0 && style[at..].TrimStart("display").TrimStart().TrimStart(':').TrimStart().StartsWith("none", StringComparison.OrdinalIgnoreCase);
    }
}
