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
        private readonly TokenizedText _words;
        private readonly uint[] _shingles;
        private readonly string _text;

        public Side(string text)
        {
            _text = TokenizedText.Normalize(text);
            _words = TokenizedText.From(_text);
            _shingles = Shingles.Of(_words.Hashes);
        }

        public PassageMarks Against(Side other)
        {
            var theirs = other._shingles.ToHashSet();
            var shared = new bool[_words.Count];
            for (var i = 0; i < _shingles.Length; i++)
            {
                if (theirs.Contains(_shingles[i]))
                    shared.AsSpan(i, Math.Min(Shingles.Size, _words.Count - i)).Fill(true);
            }

            var (starts, ends) = _words.ReadPlaces();
            var ranges = new List<Range>();
            for (var i = 0; i < _words.Count; i++)
            {
                if (!shared[i])
                    continue;
                var start = i;
                while (i + 1 < _words.Count && shared[i + 1])
                    i++;
                ranges.Add(starts[start]..ends[i]);
            }

            return new(_text, ranges, _words.Count == 0 ? 0 : (double)shared.Count(s => s) / _words.Count);
        }
    }
}
