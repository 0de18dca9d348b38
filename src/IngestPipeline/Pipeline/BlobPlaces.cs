namespace IngestPipeline.Pipeline;

/// <summary>Where numbered pieces stand: a blob, and from which of its bytes on. Joining segments moves pieces into larger blobs.</summary>
internal sealed class BlobPlaces
{
    private readonly List<(string Name, long Offset)> _places = [];

    /// <summary>A piece's place.</summary>
    public (string Name, long Offset) this[int number] => _places[number];

    /// <summary>Adds a piece that is a blob of its own; returns its number.</summary>
    public int Add(string name)
    {
        _places.Add((name, 0));
        return _places.Count - 1;
    }

    /// <summary>What stood in a blob stands in another one now.</summary>
    /// <param name="from">The blob.</param>
    /// <param name="to">The other one.</param>
    /// <param name="offset">From which of its bytes on.</param>
    public void Move(string from, string to, long offset)
    {
        for (var i = 0; i < _places.Count; i++)
        {
            if (_places[i].Name == from)
                _places[i] = (to, _places[i].Offset + offset);
        }
    }
}
