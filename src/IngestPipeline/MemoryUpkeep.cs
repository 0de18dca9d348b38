namespace IngestPipeline;

/// <summary>Keeps the memory of work that goes on for long as small as that of short work: both heaps are closed up after so many articles.</summary>
internal sealed class MemoryUpkeep
{
    // Compiling and fetching leave the memory outside of the collector's heap in pieces, pages the one inside.
    private const int Articles = 512;
    private int _since;

    /// <summary>Told how many more articles are done.</summary>
    public void After(int articles)
    {
        _since += articles;
        if (_since < Articles)
            return;
        _since = 0;
        ManagedHeap.CloseUp();
        NativeHeap.GiveBack();
    }
}
