using System.Numerics;

namespace IngestPipeline.Extraction;

/// <summary>
/// Arrays for whole pages, used again and again. A piece of work gets the shortest that is long enough; where none is, a new one takes the place of the
/// shortest, so that the pool holds as many as are used at once, and not as many of each size. They stand where the collector moves and counts nothing: among
/// other large objects it would let as much garbage stand beside them. Safe for concurrent use.
/// </summary>
/// <typeparam name="T">What the arrays hold.</typeparam>
/// <param name="longest">A longer array is not kept.</param>
/// <param name="most">How many are kept.</param>
internal sealed class PagePool<T>(int longest, int most)
    where T : unmanaged
{
    private readonly Lock _gate = new();
    private readonly List<T[]> _free = [];

    /// <summary>An array of at least so many, with anything in it.</summary>
    public T[] Rent(int least)
    {
        lock (_gate)
        {
            // The shortest stands first.
            var at = _free.FindIndex(a => a.Length >= least);
            var found = at < 0 ? null : _free[at];
            if (_free.Count > 0)
                _free.RemoveAt(Math.Max(0, at));
            if (found is not null)
                return found;
        }

        return GC.AllocateUninitializedArray<T>(Room(least), pinned: true);
    }

    /// <summary>Gives an array back.</summary>
    public void Return(T[] array)
    {
        if (array.Length > longest)
            return;

        lock (_gate)
        {
            var at = _free.FindIndex(a => a.Length > array.Length);
            _free.Insert(at < 0 ? _free.Count : at, array);
            if (_free.Count > most)
                _free.RemoveAt(0);
        }
    }

    // Up to a quarter more than asked for, so that lengths come again.
    private static int Room(int least)
    {
        const int Shortest = 1 << 14;
        if (least <= Shortest)
            return Shortest;
        var step = 1 << (BitOperations.Log2((uint)least) - 2);
        return (int)Math.Min(Array.MaxLength, ((long)least + step - 1) / step * step);
    }
}
