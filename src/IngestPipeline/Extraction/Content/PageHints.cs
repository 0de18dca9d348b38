using System.Buffers;
using IngestPipeline.Boilerplate;

namespace IngestPipeline.Extraction.Content;

/// <summary>What a page's metadata says about its text, as letters and digits in lower case, so that spelling of markup does not matter.</summary>
internal sealed class PageHints
{
    // Every block is looked for in the structured text: a longer one than any article must not cost more.
    private const int MaxBody = 60_000;

    // So many letters are hardly said twice.
    private const int Sample = 30;

    private readonly string _title;
    private readonly string _description;
    private readonly string _body;

    // Which runs of letters the structured text has: most blocks of a page are not in it, which this tells without a search.
    private readonly ulong[] _bodyGrams = [];

    /// <summary>Reads the hints out of the metadata.</summary>
    public PageHints(ArticleMetadata metadata)
    {
        _title = Squeeze(metadata.Title?.Value);
        Names = metadata.Authors?.Value ?? [];
        _description = Squeeze(metadata.Description);
        _body = Squeeze(metadata.ArticleBody is { Length: > MaxBody } body ? body[..MaxBody] : metadata.ArticleBody);
        if (HasBody)
            TextGrams.Read(_body, _bodyGrams = new ulong[TextGrams.Room]);
    }

    /// <summary>Who wrote the article.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>True for whom the headline speaks of.</summary>
    public bool IsInTitle(string name) => _title.Contains(Squeeze(name), StringComparison.Ordinal);

    /// <summary>True when the metadata carry the article's text.</summary>
    public bool HasBody => _body.Length >= 200;

    /// <summary>0 when the block is not in the structured text, 1 when there is none, 2 when its start or end is in it, 3 when it is in it.</summary>
    public int InBody(ReadOnlySpan<char> squeezed)
    {
        if (!HasBody)
            return 1;
        if (squeezed.Length == 0)
            return 0;
        if (IsInBody(squeezed))
            return 3;
        return squeezed.Length >= Sample * 2 && (IsInBody(squeezed[..Sample]) || IsInBody(squeezed[^Sample..])) ? 2 : 0;
    }

    /// <summary>How many letters and digits the structured text has; 0 when there is none.</summary>
    public int BodyLength => HasBody ? _body.Length : 0;

    /// <summary>2 when the block is the title, 1 when one holds the other, 0 otherwise.</summary>
    public int InTitle(ReadOnlySpan<char> squeezed) => Overlap(squeezed, _title);

    /// <summary>What stands behind the title in a text that begins with it; null for any other text.</summary>
    public string? AfterTitle(string text)
    {
        if (_title.Length < 8)
            return null;

        var (at, said) = (0, 0);
        for (; at < text.Length && said < _title.Length; at++)
        {
            if (!char.IsLetterOrDigit(text[at]))
                continue;
            if (char.ToLowerInvariant(text[at]) != _title[said++])
                return null;
        }

        return said == _title.Length ? text[at..].TrimStart() : null;
    }

    /// <summary>2 when the block is the description, 1 when one holds the other, 0 otherwise.</summary>
    public int InDescription(ReadOnlySpan<char> squeezed) => Overlap(squeezed, _description);

    /// <summary>Letters and digits only, in lower case.</summary>
    public static string Squeeze(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return string.Empty;

        var buffer = ArrayPool<char>.Shared.Rent(text.Length);
        var length = 0;
        foreach (var c in text)
        {
            if ((c | 0x20) is >= 'a' and <= 'z')
                buffer[length++] = (char)(c | 0x20);
            else if (char.IsAsciiDigit(c))
                buffer[length++] = c;
            else if (c >= 0x80 && char.IsLetterOrDigit(c))
                buffer[length++] = char.ToLowerInvariant(c);
        }

        var squeezed = new string(buffer, 0, length);
        ArrayPool<char>.Shared.Return(buffer);
        return squeezed;
    }

    private bool IsInBody(ReadOnlySpan<char> part) => TextGrams.Of(_bodyGrams).MayHold(part) && _body.AsSpan().IndexOf(part) >= 0;

    private static int Overlap(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.Length < 8 || b.Length < 8)
            return a.Length > 0 && a.SequenceEqual(b) ? 2 : 0;
        if (a.SequenceEqual(b))
            return 2;

        // Descriptions are often cut: the shared start decides.
        var shared = a.CommonPrefixLength(b);
        return shared * 10 >= Math.Min(a.Length, b.Length) * 8 ? 1 : 0;
    }
}
