using System.Buffers;

namespace IngestPipeline.Extraction.Languages;

/// <summary>
/// Tells the language of a text: by its script where a script has one language, else by its common words and letter groups. Some seventy languages;
/// a text that could as well be another's is told as none.
/// </summary>
public static class LanguageDetector
{
    /// <summary>Most characters that are read; a text's first part says its language.</summary>
    public const int MaxLength = 3_000;

    private const int MaxWords = 300;
    private const int MaxGramWords = 40;
    private static readonly SearchValues<char> AsciiLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    private const int FewWords = 6;

    // A headline has so many words; two languages must lie further apart in it than in running text.
    private const int ShortText = 15;

    /// <summary>The language of a text.</summary>
    /// <param name="text">The text: a headline, an article.</param>
    /// <returns>The BCP 47 primary tag such as <c>en</c>; null where the text is too short or too mixed for a claim.</returns>
    public static string? Detect(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;

        var span = text.AsSpan(0, Math.Min(text.Length, MaxLength));
        var script = MainScript(span, out var letters, out var kana);
        if (letters < 2)
            return null;
        if (script is LetterScript.Han or LetterScript.Kana)
            return kana * 20 >= letters ? "ja" : "zh";
        if (LetterScripts.OnlyLanguage(script) is { } only)
            return only;
        return LanguageModel.ByScript.TryGetValue(script, out var model) ? ByWords(span, script, model) : null;
    }

    /// <summary>The primary tag of a BCP 47 or POSIX tag (<c>en-US</c>, <c>pt_BR</c>); null for one that is none.</summary>
    /// <param name="tag">The tag.</param>
    /// <returns>Two or three small letters.</returns>
    public static string? Primary(string? tag)
    {
        var value = tag.AsSpan().Trim();
        var end = value.IndexOfAny('-', '_', '.');
        var primary = end < 0 ? value : value[..end];
        if (primary.Length is not (2 or 3) || primary.ContainsAnyExcept(AsciiLetters))
            return null;

        return primary.ToString().ToLowerInvariant() switch
        {
            "nb" or "nn" => "no",
            "iw" => "he",
            "in" => "id",
            "fil" => "tl",
            "eng" => "en",
            "und" or "mul" or "zxx" => null,
            var other => other,
        };
    }

    private static LetterScript MainScript(ReadOnlySpan<char> text, out int letters, out int kana)
    {
        Span<int> counts = stackalloc int[(int)LetterScript.Han + 1];
        counts.Clear();
        foreach (var c in text)
            counts[(int)LetterScripts.Of(c)]++;

        counts[(int)LetterScript.None] = 0;
        kana = counts[(int)LetterScript.Kana];

        // A Chinese or Japanese letter is most of a word; Latin names and numbers stand among them.
        counts[(int)LetterScript.Han] = 3 * (counts[(int)LetterScript.Han] + kana);
        counts[(int)LetterScript.Hangul] *= 2;
        kana *= 3;
        counts[(int)LetterScript.Kana] = 0;
        var best = 0;
        for (var i = 1; i < counts.Length; i++)
        {
            if (counts[i] > counts[best])
                best = i;
        }

        letters = counts[best];
        return (LetterScript)best;
    }

    private static string? ByWords(ReadOnlySpan<char> text, LetterScript script, LanguageModel model)
    {
        Span<int> scores = stackalloc int[model.Tags.Count];
        scores.Clear();
        Span<char> word = stackalloc char[LanguageModel.MaxWord];
        Span<ulong> keys = stackalloc ulong[MaxWords];
        var (words, scored, known) = (0, 0, 0);
        for (var at = 0; at < text.Length && words < MaxWords;)
        {
            var start = at;
            while (at < text.Length && (LetterScripts.Of(text[at]) == script || (at > start && text[at] is '\'' or '’' or '-' or '\u200c')))
                at++;
            if (at == start)
            {
                at++;
                continue;
            }

            words++;
            if (at - start > LanguageModel.MaxWord)
                continue;

            var lower = word[..(at - start)];
            text[start..at].ToLowerInvariant(lower);
            lower.Replace('’', '\'');
            keys[scored++] = model.Fetch(lower);
            if (words <= MaxGramWords)
                model.ScoreGrams(lower, scores);
        }

        foreach (var key in keys[..scored])
            known += model.Score(key, scores) ? 1 : 0;
        return Decide(scores, words, known, model);
    }

    // A claim needs known words, or letter groups that point far more to one language than to any other.
    private static string? Decide(ReadOnlySpan<int> scores, int words, int known, LanguageModel model)
    {
        var (best, second) = (0, -1);
        for (var i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best])
                (best, second) = (i, best);
            else if (second < 0 || scores[i] > scores[second])
                second = i;
        }

        if (words == 0 || scores[best] == 0)
            return null;

        var margin = second < 0 ? scores[best] : scores[best] - scores[second];
        var isClear = words > FewWords
            ? known * 12 >= words && margin * (words > ShortText ? 40 : 16) >= scores[best]
            : margin * (known > 0 ? 5 : 2) >= scores[best] && scores[best] >= 500;
        return isClear ? model.Tags[best] is "sr-cyrl" ? "sr" : model.Tags[best] : null;
    }
}
