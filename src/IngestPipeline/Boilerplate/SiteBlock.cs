using IngestPipeline.Extraction;
using IngestPipeline.Extraction.Content;

namespace IngestPipeline.Boilerplate;

/// <summary>A block of an article as its site's memory sees it: no text, only what tells it from others.</summary>
/// <param name="Key">FNV-1a over its letters and digits, which is the same in every process.</param>
/// <param name="IsSentence">True when it is long enough to be no label over what follows.</param>
internal readonly record struct SiteBlock(ulong Key, bool IsSentence)
{
    /// <summary>Letters and digits from which a block is a sentence; labels, which the text needs, are shorter.</summary>
    private const int Sentence = 40;

    // Longer blocks are prose: they repeat because the article is published twice.
    private const int MaxLength = 600;

    /// <summary>A block of the text; null when it is never the site's: prose, tables, corrections.</summary>
    public static SiteBlock? Of(Block block)
    {
        if (!block.InText
            || block.Text.Length > MaxLength
            || block.Kind is BlockKind.Correction or BlockKind.Standfirst or BlockKind.Table or BlockKind.Preformatted)
            return null;

        var squeezed = PageHints.Squeeze(block.Text);
        return squeezed.Length < 3 ? null : new(Fnv1a.Of(squeezed), squeezed.Length >= Sentence && block.Kind != BlockKind.Heading);
    }
}
