namespace IngestPipeline.Archive;

/// <summary>Which payload each address gave last, so that the same one is recorded as a revisit. Bounded; safe for concurrent use.</summary>
/// <param name="most">How many addresses are remembered.</param>
internal sealed class PayloadMemory(int most)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RevisitOf> _latest = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = [];

    public RevisitOf? Of(string url)
    {
        lock (_gate)
            return _latest.GetValueOrDefault(url);
    }

    public void Remember(string url, RevisitOf payload)
    {
        lock (_gate)
        {
            if (!_latest.ContainsKey(url))
            {
                _order.Enqueue(url);
                if (_order.Count > most)
                    _latest.Remove(_order.Dequeue());
            }

            _latest[url] = payload;
        }
    }
}
