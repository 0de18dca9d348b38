using System.Diagnostics.CodeAnalysis;

namespace IngestPipeline.Deduplication;

/// <summary>
/// Memory that the words of several texts share. When the last of these texts is gone the next batch has it: new memory must be handed out by the kernel page by
/// page, fills the youngest generation, and is moved by the collector as long as it is young. Safe for several threads.
/// </summary>
/// <remarks>Whoever reads a text keeps it alive until it is done, as the table of articles does with all of its own.</remarks>
internal sealed class TextBlock
{
    /// <summary>Numbers in a block, a dozen texts; not among the large objects, which are collected with the oldest only.</summary>
    public const int Length = 1 << 14;

    /// <summary>Blocks that nobody uses and that are kept at most: a batch of some 10,000 articles.</summary>
    private const int MostIdle = 1024;

    /// <summary>Milliseconds after which blocks go that were idle all the time. Full collections may follow each other closely, and say nothing of need.</summary>
    private const int IdleTime = 30_000;

    private static readonly List<uint[]> Idle = [];

    // The fewest that were idle since the last look: nobody needed these.
    private static int _leastIdle;
    private static long _looked;
    private static bool _isWatching;

    private TextBlock(uint[] numbers) => Numbers = numbers;

    /// <summary>Gives the block back when no text is in it any more.</summary>
    [SuppressMessage("Design", "MA0055:Do not use finalizer", Justification = "Texts share it, and are dropped and not closed.")]
    ~TextBlock()
    {
        lock (Idle)
        {
            if (Idle.Count < MostIdle)
                Idle.Add(Numbers);
        }
    }

    /// <summary>The block's numbers, not cleared.</summary>
    public uint[] Numbers { get; }

    /// <summary>A block that nobody uses.</summary>
    public static TextBlock Take()
    {
        lock (Idle)
        {
            if (!_isWatching)
                _ = new FullCollection();
            _isWatching = true;
            if (Idle.Count > 0)
            {
                var idle = Idle[^1];
                Idle.RemoveAt(Idle.Count - 1);
                _leastIdle = Math.Min(_leastIdle, Idle.Count);
                return new(idle);
            }
        }

        return new(GC.AllocateUninitializedArray<uint>(Length));
    }

    private static void Trim()
    {
        lock (Idle)
        {
            if (Environment.TickCount64 - _looked < IdleTime)
                return;
            Idle.RemoveRange(0, _leastIdle);
            (_leastIdle, _looked) = (Idle.Count, Environment.TickCount64);
        }
    }

    // Finalized at each collection that reaches it, which are the full ones once it is old.
    private sealed class FullCollection
    {
        [SuppressMessage("Design", "MA0055:Do not use finalizer", Justification = "There is no other way to be told of a collection.")]
        ~FullCollection()
        {
            Trim();
            GC.ReRegisterForFinalize(this);
        }
    }
}
