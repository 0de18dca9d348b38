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
        if (first.Length is 0 or > LongestWord || !_byFirst.TryGetValue(TextKey.Of(first), out var phrases))
            return 0;

        foreach (var phrase in phrases)
        {
            if (phrase.Length > text.Length || TextKey.Of(text[..phrase.Length]) != phrase)
                continue;
            if (text.Length == phrase.Length || !char.IsLetterOrDigit(text[phrase.Length]) || NameAffixes.IsUnspaced(phrase[^1]))
                return phrase.Length;
        }

        return 0;
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
