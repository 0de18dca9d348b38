using IngestPipeline.Deduplication;

namespace IngestPipeline.Reports.Data;

/// <summary>Marks what two texts share, for reading side by side: every word that stands in a run of five words which the other has too.</summary>
/// <param name="Text">The text, in the form that the ranges point into.</param>
/// <param name="Shared">The shared ranges, in order and apart.</param>
/// <param name="Share">The share of its words that is shared, 0 to 1.</param>
internal sealed record PassageMarks(string Text, IReadOnlyList<Range> Shared, double Share)
{
    public static (PassageMarks First, PassageMarks Second) Of(string first, string second)
    {
        var (a, b) = (new Side(first), new Side(second));
        return (a.Against(b), b.Against(a));
    }

    private sealed class Side
    {
        private readonly List<int> _offsets = [];
        private readonly uint[] _shingles;
        private readonly int _tokens;
        private readonly string _text;

        public Side(string text)
        {
            _text = TokenizedText.Normalize(text);
            var tokens = TokenizedText.From(_text, _offsets, TokenizedText.MaxTokens);
            _tokens = tokens.Count;
            _shingles = Shingles.Of(tokens.Hashes);
        }

        public PassageMarks Against(Side other)
        {
            var theirs = other._shingles.ToHashSet();
            var shared = new bool[_tokens];
            for (var i = 0; i < _shingles.Length; i++)
            {
                if (theirs.Contains(_shingles[i]))
                    shared.AsSpan(i, Math.Min(Shingles.Size, _tokens - i)).Fill(true);
            }

            var ranges = new List<Range>();
            for (var i = 0; i < _tokens; i++)
            {
                if (!shared[i])
                    continue;
                var start = i;
                while (i + 1 < _tokens && shared[i + 1])
                    i++;
                ranges.Add(_offsets[start]..End(i));
            }

            return new(_text, ranges, _tokens == 0 ? 0 : (double)shared.Count(s => s) / _tokens);
        }

        // A token's end is not kept: it reaches to the next one, less the spaces and signs between them.
        private int End(int token)
        {
            var end = token + 1 < _tokens ? _offsets[token + 1] : _text.Length;
            while (end > _offsets[token] + 1 && !char.IsLetterOrDigit(_text[end - 1]) && !char.IsLowSurrogate(_text[end - 1]))
                end--;
            return end;
        }
    }
}
