using System.Globalization;
using System.Text;
using IngestPipeline.Deduplication;

namespace IngestPipeline.Benchmarks;

/// <summary>
/// Any number of articles made from real ones by seeded edits: seven in ten have near half of their words exchanged, so that nothing but the length and
/// the commonness of words is left of the text they were made from; three in ten are copies of a recent one, cut or padded or as they are.
/// </summary>
/// <remarks>
/// A generation exchanges, in all of its articles alike, each word that is not common for another that stands in as many texts. Otherwise the articles
/// made from one text would share ever more with ever more others, as no news does: however many articles are made, one has as many copies and shares
/// as much as in the first generation.
/// </remarks>
internal sealed class EditedCorpus
{
    private const int Recent = 400;
    private const int Generation = 10_000;

    /// <summary>Words in a greater share of the texts are common: no generation exchanges them.</summary>
    private const double Common = 0.02;

    // Texts as numbers of words; words as they are in this generation; the numbers of words that stand in as many texts and may take each other's place.
    private readonly int[][] _texts;
    private readonly string[] _now;
    private readonly string[] _words;
    private readonly int[][] _alike;
    private readonly StringBuilder _text = new();
    private readonly Random _random = new(2026);
    private readonly List<CopyDocument> _recent = [];
    private readonly TimeSpan _step;
    private int _made;

    public EditedCorpus(int count, TimeSpan span)
    {
        var texts = Corpus.Unlabelled().Select(d => d.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        _words = [.. texts.SelectMany(t => t.Take(200)).Distinct(StringComparer.Ordinal)];
        _now = [.. texts.SelectMany(t => t).Distinct(StringComparer.Ordinal)];
        var numbers = _now.Index().ToDictionary(w => w.Item, w => w.Index, StringComparer.Ordinal);
        _texts = [.. texts.Select(t => t.Select(w => numbers[w]).ToArray())];
        _alike =
        [
            .. _texts.SelectMany(t => t.Distinct()).CountBy(w => w).Where(w => w.Value < Common * _texts.Length)
                .GroupBy(w => int.Log2(w.Value), w => w.Key).OrderBy(g => g.Key).Select(g => g.Order().ToArray()),
        ];
        _step = span / count;
    }

    /// <summary>Bytes of texts that this corpus itself keeps.</summary>
    public long Held => _recent.Sum(d => 2L * d.Text.Length);

    public List<CopyDocument> Next(int count) => [.. Enumerable.Range(0, count).Select(_ => Make())];

    private CopyDocument Make()
    {
        var number = _made++;
        if (number > 0 && number % Generation == 0)
            Exchange(number / Generation);
        var copied = _recent.Count > 0 && _random.Next(10) < 3 ? _recent[_random.Next(_recent.Count)] : null;
        var document = new CopyDocument
        {
            Id = number.ToString("x32", CultureInfo.InvariantCulture),
            Title = string.Join(' ', Enumerable.Range(0, 8).Select(_ => Word())),
            Text = copied is null ? Fresh() : Edited(copied.Text),
            Source = "Outlet " + _random.Next(2_000).ToString(CultureInfo.InvariantCulture),
            FirstSeen = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) + (_step * number),
        };
        if (_recent.Count < Recent)
            _recent.Add(document);
        else
            _recent[_random.Next(Recent)] = document;
        return document;
    }

    private void Exchange(int generation)
    {
        var random = new Random(generation);
        foreach (var alike in _alike)
        {
            var words = Array.ConvertAll(alike, w => _now[w]);
            random.Shuffle(words);
            for (var i = 0; i < words.Length; i++)
                _now[alike[i]] = words[i];
        }
    }

    private string Fresh()
    {
        _text.Clear();
        foreach (var word in _texts[_random.Next(_texts.Length)])
            _text.Append(_text.Length == 0 ? "" : " ").Append(_random.Next(100) < 45 ? Word() : _now[word]);
        return _text.ToString();
    }

    private string Edited(string text) => _random.Next(3) switch
    {
        0 => text,
        1 => text[..(text.Length * 7 / 10)],
        _ => string.Join(' ', Enumerable.Range(0, 40).Select(_ => Word())) + "\n\n" + text,
    };

    private string Word() => _words[_random.Next(_words.Length)];
}
