namespace IngestPipeline.Deduplication;

/// <summary>Tells a headline that stands for an article from one that stands over other articles, too: "Weather", "Letters to the editor", "天气预报".</summary>
internal static class Headline
{
    // Two Chinese characters are some word, and so are four kana or letters of Thai.
    private const int Word = 4;
    private const int HanCharacter = 2;

    // Of the headlines of a few words that news gives its reports hardly any has less; "Letters to the editor" has half of it.
    private const int LeastRarity = 16 * 16;

    /// <summary>True when a headline has so many words, and not only common ones.</summary>
    public static bool IsTelling(Fingerprint print, int words) => print.Title.Count >= words && WordsOf(print) >= words && RarityOf(print.Title) >= LeastRarity;

    /// <summary>The sum of the rarities of a headline's words, see <see cref="BackgroundWords.Rarity"/>.</summary>
    public static int RarityOf(TokenizedText title)
    {
        var rarity = 0;
        foreach (var word in title.Hashes)
            rarity += BackgroundWords.Rarity(word);
        return rarity;
    }

    private static int WordsOf(Fingerprint print)
    {
        var (characters, quarters) = (0, 0);
        foreach (var c in print.Document.Title)
        {
            if (!WordReader.IsSpaceless(c))
                continue;
            characters++;
            quarters += c is >= '\u3400' and <= '\u9FFF' ? HanCharacter : 1;
        }

        return print.Title.Count - characters + (quarters / Word);
    }
}
