using System.Buffers;
using System.Text;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>Finds which of many phrases a text starts with, by its first word.</summary>
internal sealed class PhraseIndex
{
    private const int LongestWord = 24;
    private readonly Dictionary<string, List<string>> _byFirst = new(StringComparer.Ordinal);

    /// <summary>Indexes phrases, which are keys of <see cref="TextKey"/>.</summary>
    public PhraseIndex(IEnumerable<string> phrases)
    {
        foreach (var phrase in phrases.Distinct(StringComparer.Ordinal).OrderByDescending(p => p.Length).ThenBy(p => p, StringComparer.Ordinal))
        {
            var first = FirstWord(phrase).ToString();
            if (!_byFirst.TryGetValue(first, out var list))
                _byFirst[first] = list = [];
            list.Add(phrase);
        }
    }

    /// <summary>The length of the longest phrase that the text starts with, as a whole word; 0 for none.</summary>
    public int Match(ReadOnlySpan<char> text)
    {
        var first = FirstWord(text);
        if (first.Length is 0 or > LongestWord || OfFirst(first) is not { } phrases)
            return 0;

        foreach (var phrase in phrases)
        {
            if (phrase.Length > text.Length || !TextKey.Is(phrase, text[..phrase.Length]))
                continue;
            if (text.Length == phrase.Length || !char.IsLetterOrDigit(text[phrase.Length]) || NameAffixes.IsUnspaced(phrase[^1]))
                return phrase.Length;
        }

        return 0;
    }

    private List<string>? OfFirst(ReadOnlySpan<char> first)
    {
        Span<char> lower = stackalloc char[LongestWord];
        return Ascii.ToLower(first, lower, out var length) == OperationStatus.Done
            ? _byFirst.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(lower[..length], out var found) ? found : null
            : _byFirst.GetValueOrDefault(TextKey.Of(first));
    }

    // Scripts without blanks have no first word: their first letter stands for it.
    private static ReadOnlySpan<char> FirstWord(ReadOnlySpan<char> text)
    {
        if (text.Length > 0 && NameAffixes.IsUnspaced(text[0]))
            return text[..1];

        var end = 0;
        while (end < text.Length && end <= LongestWord && !NameAffixes.IsUnspaced(text[end]) && char.IsLetter(text[end]))
            end++;
        return text[..end];
    }
}
