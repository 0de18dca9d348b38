namespace IngestPipeline.Feeds;

/// <summary>Collects what had to be mended while reading one document: each phrase once, in the order met, a bounded number.</summary>
internal sealed class Repairs
{
    private const int Most = 32;
    private readonly List<string> _phrases = [];

    /// <summary>The phrases so far.</summary>
    public IReadOnlyList<string> Phrases => _phrases;

    /// <summary>False as soon as one repair was of the XML itself.</summary>
    public bool WellFormed { get; private set; } = true;

    /// <summary>Why reading stopped before the document's end, if it did.</summary>
    public string? Error { get; private set; }

    /// <summary>Notes something that was mended although the XML is well-formed.</summary>
    public void Note(string phrase)
    {
        if (_phrases.Count < Most && !_phrases.Contains(phrase, StringComparer.Ordinal))
            _phrases.Add(phrase);
    }

    /// <summary>Notes a fault of the XML itself.</summary>
    public void Fault(string phrase)
    {
        WellFormed = false;
        Note(phrase);
    }

    /// <summary>Notes that the document ends before it is complete.</summary>
    public void CutOff(string phrase)
    {
        Fault(phrase);
        Error ??= phrase;
    }
}
