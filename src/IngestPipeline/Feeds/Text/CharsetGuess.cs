using System.Collections.Frozen;
using System.Text;
using IngestPipeline.Fetching.Charsets;

namespace IngestPipeline.Feeds.Text;

/// <summary>
/// Guesses the encoding of text that is not UTF-8 and carries no label: the one under which its characters are likeliest,
/// by the frequency of single letters. Ties go to the encoding that is listed first, windows-1252.
/// </summary>
internal static class CharsetGuess
{
    // Enough to tell, little enough to decode two dozen times.
    private const int Sample = 1 << 14;

    // Likelihoods of what no list holds, as natural logarithms: punctuation of all languages, another letter, a symbol, an undecodable byte.
    private const double Punctuation = -4.5;
    private const double OtherLetter = -7;
    private const double Other = -9;
    private const double Undecodable = -14;
    private const double UnlikelyCase = -2;
    private const double MixedWord = -6;
    private const double Prior = 2;
    private const string CommonPunctuation = "“”‘’–—…«»„‚·•€£§©®°№\u00A0、。，「」！？（）";

    private static readonly (Encoding Encoding, FrozenDictionary<char, double> Letters)[] Candidates = Load();

    /// <summary>The likeliest encoding; windows-1252 when nothing speaks for another.</summary>
    public static Encoding Guess(ReadOnlySpan<byte> text)
    {
        var start = text.IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
        if (start < 0)
            return Candidates[0].Encoding;
        var sample = text.Slice(start, Math.Min(Sample, text.Length - start));
        var best = Candidates[0].Encoding;
        var bestScore = double.NegativeInfinity;
        foreach (var (encoding, letters) in Candidates)
        {
            // A few bytes tell little: then the commonest encoding is the likeliest.
            var score = Score(encoding.GetString(sample), letters) + (ReferenceEquals(encoding, Candidates[0].Encoding) ? Prior : 0);
            if (score > bestScore)
                (best, bestScore) = (encoding, score);
        }
        return best;
    }

    private static double Score(string text, FrozenDictionary<char, double> letters)
    {
        var score = 0.0;
        var previous = ' ';
        foreach (var c in text)
        {
            if (c > '\x7F')
                score += Likelihood(c, letters) + (char.IsLower(previous) && char.IsUpper(c) ? UnlikelyCase : 0);
            if (IsOtherScript(c) && char.IsAsciiLetter(previous) || IsOtherScript(previous) && char.IsAsciiLetter(c))
                score += MixedWord;
            previous = c;
        }
        return score;
    }

    // An alphabet whose words hold no Latin letters; ideographs and kana stand beside anything.
    private static bool IsOtherScript(char c) => c is >= '\u0370' and < '\u1E00' && char.IsLetter(c);

    private static double Likelihood(char c, FrozenDictionary<char, double> letters)
    {
        if (letters.TryGetValue(c, out var known))
            return known;
        if (c == '\uFFFD' || char.IsControl(c) || c is >= '\uE000' and <= '\uF8FF')
            return Undecodable;
        if (CommonPunctuation.Contains(c, StringComparison.Ordinal))
            return Punctuation;
        // Of the thousands of ideographs and syllables an unlisted one is less likely than an unlisted letter, but takes two bytes.
        return c >= '\u2E80' ? Other : char.IsLetter(c) ? OtherLetter : Other;
    }

    private static (Encoding, FrozenDictionary<char, double>)[] Load()
    {
        using var stream = typeof(CharsetGuess).Assembly.GetManifestResourceStream(typeof(CharsetGuess), "letter-frequencies.table.txt")
            ?? throw new InvalidOperationException("letter-frequencies.table.txt is not embedded.");
        using var reader = new StreamReader(stream);
        return [.. from line in reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
                   where line[0] != '#'
                   let parts = line.Split(": ")
                   let letters = Frequencies(parts[1].Trim())
                   from label in parts[0].Split(' ')
                   select (WhatwgEncodings.Find(label)!, letters)];
    }

    /// <summary>Zipf's law: the frequency falls with the rank.</summary>
    private static FrozenDictionary<char, double> Frequencies(string order)
    {
        var letters = order.Distinct().ToArray();
        var total = Enumerable.Range(0, letters.Length).Sum(rank => 1 / (rank + 2.0));
        return letters.Select((letter, rank) => KeyValuePair.Create(letter, Math.Log(1 / ((rank + 2.0) * total)))).ToFrozenDictionary();
    }
}
