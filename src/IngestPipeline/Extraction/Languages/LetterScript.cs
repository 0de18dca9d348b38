namespace IngestPipeline.Extraction.Languages;

/// <summary>The script of a letter, as far as it tells languages apart.</summary>
internal enum LetterScript
{
    None,
    Latin,
    Cyrillic,
    Arabic,
    Devanagari,
    Bengali,
    Greek,
    Hebrew,
    Armenian,
    Georgian,
    Gurmukhi,
    Gujarati,
    Oriya,
    Tamil,
    Telugu,
    Kannada,
    Malayalam,
    Sinhala,
    Thai,
    Lao,
    Tibetan,
    Myanmar,
    Ethiopic,
    Khmer,
    Hangul,
    Kana,
    Han,
}
