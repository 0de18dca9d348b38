namespace IngestPipeline.Extraction.Languages;

/// <summary>Tells letters' scripts by their blocks in Unicode (https://www.unicode.org/Public/UCD/latest/ucd/Blocks.txt).</summary>
internal static class LetterScripts
{
    private static readonly (char First, char Last, LetterScript Script)[] Blocks =
    [
        ('\u0041', '\u005a', LetterScript.Latin), ('\u0061', '\u007a', LetterScript.Latin), ('\u00c0', '\u024f', LetterScript.Latin),
        ('\u0370', '\u03ff', LetterScript.Greek),
        ('\u0400', '\u052f', LetterScript.Cyrillic), ('\u0530', '\u058f', LetterScript.Armenian), ('\u0590', '\u05ff', LetterScript.Hebrew),
        ('\u0600', '\u077f', LetterScript.Arabic),
        ('\u0900', '\u097f', LetterScript.Devanagari), ('\u0980', '\u09ff', LetterScript.Bengali), ('\u0a00', '\u0a7f', LetterScript.Gurmukhi),
        ('\u0a80', '\u0aff', LetterScript.Gujarati),
        ('\u0b00', '\u0b7f', LetterScript.Oriya), ('\u0b80', '\u0bff', LetterScript.Tamil), ('\u0c00', '\u0c7f', LetterScript.Telugu),
        ('\u0c80', '\u0cff', LetterScript.Kannada),
        ('\u0d00', '\u0d7f', LetterScript.Malayalam), ('\u0d80', '\u0dff', LetterScript.Sinhala), ('\u0e00', '\u0e7f', LetterScript.Thai),
        ('\u0e80', '\u0eff', LetterScript.Lao),
        ('\u0f00', '\u0fff', LetterScript.Tibetan), ('\u1000', '\u109f', LetterScript.Myanmar), ('\u10a0', '\u10ff', LetterScript.Georgian),
        ('\u1100', '\u11ff', LetterScript.Hangul),
        ('\u1200', '\u139f', LetterScript.Ethiopic), ('\u1780', '\u17ff', LetterScript.Khmer), ('\u1e00', '\u1eff', LetterScript.Latin),
        ('\u1f00', '\u1fff', LetterScript.Greek),
        ('\u3040', '\u30ff', LetterScript.Kana), ('\u3130', '\u318f', LetterScript.Hangul), ('\u3400', '\u9fff', LetterScript.Han),
        ('\uac00', '\ud7af', LetterScript.Hangul),
        ('\uf900', '\ufaff', LetterScript.Han), ('\ufb50', '\ufdff', LetterScript.Arabic), ('\ufe70', '\ufeff', LetterScript.Arabic),
    ];

    public static LetterScript Of(char c)
    {
        if ((c | 0x20) is >= 'a' and <= 'z')
            return LetterScript.Latin;
        if (c < '\u0250')
            return char.IsLetter(c) ? LetterScript.Latin : LetterScript.None;

        var (low, high) = (0, Blocks.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (c < Blocks[middle].First)
                high = middle - 1;
            else if (c > Blocks[middle].Last)
                low = middle + 1;
            else
                return Blocks[middle].Script;
        }

        return LetterScript.None;
    }

    /// <summary>The language that alone, or nearly alone, is written in a script; null for scripts of several.</summary>
    public static string? OnlyLanguage(LetterScript script) => script switch
    {
        LetterScript.Greek => "el",
        LetterScript.Hebrew => "he",
        LetterScript.Armenian => "hy",
        LetterScript.Georgian => "ka",
        LetterScript.Gurmukhi => "pa",
        LetterScript.Gujarati => "gu",
        LetterScript.Oriya => "or",
        LetterScript.Tamil => "ta",
        LetterScript.Telugu => "te",
        LetterScript.Kannada => "kn",
        LetterScript.Malayalam => "ml",
        LetterScript.Sinhala => "si",
        LetterScript.Thai => "th",
        LetterScript.Lao => "lo",
        LetterScript.Tibetan => "bo",
        LetterScript.Myanmar => "my",
        LetterScript.Ethiopic => "am",
        LetterScript.Khmer => "km",
        LetterScript.Hangul => "ko",
        LetterScript.Kana => "ja",
        _ => null,
    };
}
