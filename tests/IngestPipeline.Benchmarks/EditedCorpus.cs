using System.Globalization;
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

    private readonly List<string[]> _texts;
    private readonly string[] _words;
    private readonly List<string[]> _alike = [];
    private readonly Dictionary<string, (int Group, int Place)> _places = new(StringComparer.Ordinal);
    private readonly List<int[]> _exchanged;
    private readonly Random _random = new(2026);
    private readonly List<CopyDocument> _recent = [];
    private readonly TimeSpan _step;
    private int _made;

    public EditedCorpus(int count, TimeSpan span)
    {
        _texts = [.. Corpus.Unlabelled().Select(d => d.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        _words = [.. _texts.SelectMany(t => t.Take(200)).Distinct(StringComparer.Ordinal)];
        _step = span / count;

        var texts = _texts.SelectMany(t => t.Distinct(StringComparer.Ordinal)).CountBy(w => w, StringComparer.Ordinal);
        foreach (var alike in texts.Where(w => w.Value < Common * _texts.Count).GroupBy(w => int.Log2(w.Value), w => w.Key))
        {
            string[] words = [.. alike.Order(StringComparer.Ordinal)];
            for (var place = 0; place < words.Length; place++)
                _places[words[place]] = (_alike.Count, place);
            _alike.Add(words);
        }

        _exchanged = [.. _alike.Select(words => Enumerable.Range(0, words.Length).ToArray())];
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
        foreach (var places in _exchanged)
            random.Shuffle(places);
    }

    private string Fresh() => string.Join(' ', _texts[_random.Next(_texts.Count)].Select(w => _random.Next(100) < 45 ? Word() : Now(w)));

    private string Now(string word) => _places.TryGetValue(word, out var at) ? _alike[at.Group][_exchanged[at.Group][at.Place]] : word;

    private string Edited(string text) => _random.Next(3) switch
    {
        0 => text,
        1 => text[..(text.Length * 7 / 10)],
        _ => string.Join(' ', Enumerable.Range(0, 40).Select(_ => Word())) + "\n\n" + text,
    };

    private string Word() => _words[_random.Next(_words.Length)];
}
