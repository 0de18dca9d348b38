using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction.Content;

/// <summary>What a block's characters look like, in any script.</summary>
internal readonly record struct TextShape(
    int Weight, int Words, int Sentences, int Commas, int UpperShare, int DigitShare, int TitleShare, int ShortShare, int WordLength,
    int Start, int End, int Signs)
{
    /// <summary>Reads a text once.</summary>
    /// <param name="text">The text, not empty.</param>
    /// <param name="squeezed">Takes its letters and digits in lower case: room for as many as it has characters.</param>
    /// <param name="squeezedCount">Grows by their number.</param>
    /// <param name="hashes">Takes the hashes of its words as <see cref="WordOdds"/> wants them: room for half as many as it has characters, and one.</param>
    /// <param name="hashCount">Grows by their number.</param>
    public static TextShape Read(string text, Span<char> squeezed, ref int squeezedCount, Span<ulong> hashes, ref int hashCount)
    {
        var (kept, hashed, hash, wordLength) = (0, 0, Fnv1a.Basis, 0);
        int letters = 0, upper = 0, digits = 0, words = 0, titled = 0, shorts = 0, sentences = 0, commas = 0, run = 0, signs = 0, spaceless = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : ' ';

            // Most characters are these; the rest says the same of any script.
            if (char.IsAsciiLetter(c))
            {
                var from = i;
                titled += run == 0 && c <= 'Z' ? 1 : 0;
                do
                {
                    upper += c <= 'Z' ? 1 : 0;
                    var small = (char)(c | 0x20);
                    squeezed[kept++] = small;
                    hash = Fnv1a.Add(hash, small);
                    c = ++i < text.Length ? text[i] : ' ';
                }
                while (char.IsAsciiLetter(c));

                letters += i - from;
                run += i - from;
                wordLength += i - from;
            }

            var isLetterOrDigit = char.IsLetterOrDigit(c);
            var isDigit = isLetterOrDigit && char.IsDigit(c);
            if (wordLength > 0 && (isDigit || !isLetterOrDigit))
            {
                if (wordLength is >= WordOdds.MinWord and <= WordOdds.MaxWord)
                    hashes[hashed++] = hash;
                (hash, wordLength) = (Fnv1a.Basis, 0);
            }

            if (isLetterOrDigit)
            {
                if (Prose.IsSpaceless(c))
                    spaceless++;
                var small = char.ToLowerInvariant(c);
                squeezed[kept++] = small;
                if (isDigit)
                {
                    digits++;
                }
                else
                {
                    hash = Fnv1a.Add(hash, small);
                    wordLength++;
                    letters++;
                    if (char.IsUpper(c))
                    {
                        upper++;
                        if (run == 0)
                            titled++;
                    }
                }

                run++;
                continue;
            }

            if (run > 0 && c is not ('\'' or '’' or '-'))
            {
                words++;
                if (run <= 3)
                    shorts++;
                run = 0;
            }

            switch (c)
            {
                case '.' or '!' or '?' or '。' or '！' or '？' or '؟' or '।' or '…' or '۔':
                    if (i + 1 >= text.Length || !char.IsLetterOrDigit(text[i + 1]) || c > 127)
                        sentences++;
                    break;
                case ',' or '、' or '，' or '،' or ';':
                    commas++;
                    break;
                case '@':
                    signs |= 1;
                    break;
                case '|' or '•' or '·' or '»' or '›' or '>' or '→':
                    signs |= 2;
                    break;
                case '©':
                    signs |= 4;
                    break;
                case '#':
                    signs |= 8;
                    break;
                case ':' when i + 2 < text.Length && text[i + 1] == '/' && text[i + 2] == '/':
                    signs |= 16;
                    break;
            }
        }

        squeezedCount += kept;
        hashCount += hashed;
        var all = Math.Max(1, letters + digits);
        return new(text.Length + (spaceless * 2), words, sentences, commas, upper * 1000 / Math.Max(1, letters), digits * 1000 / all,
            titled * 1000 / Math.Max(1, words), shorts * 1000 / Math.Max(1, words), all * 10 / Math.Max(1, words), StartOf(text[0]), EndOf(text[^1]), signs);
    }

    private static int StartOf(char c) => c switch
    {
        _ when char.IsLower(c) => 0,
        _ when char.IsUpper(c) => 1,
        _ when char.IsDigit(c) => 2,
        '"' or '“' or '„' or '«' or '‘' or '\'' or '「' => 3,
        _ when char.IsLetter(c) => 4,
        _ => 5,
    };

    private static int EndOf(char c) => c switch
    {
        '.' or '。' or '।' or '۔' => 1,
        '!' or '?' or '！' or '？' or '؟' => 2,
        ':' or '：' => 3,
        '"' or '”' or '“' or '»' or '’' or '\'' or ')' or '」' or ']' => 4,
        '…' => 5,
        _ when char.IsDigit(c) => 6,
        _ when char.IsLetter(c) => 0,
        _ => 7,
    };
}
