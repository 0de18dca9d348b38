using System.Numerics;

namespace IngestPipeline.Extraction.Content;

/// <summary>Numbers a page's styles from 0 in the order in which they are met, in rented memory.</summary>
internal sealed class StyleNumbers : IDisposable
{
    // A number stands one higher; 0 is a free slot.
    private readonly (ulong Style, int Number)[] _slots;
    private readonly int _shift;
    private int _count;

    /// <summary>Has room for so many styles.</summary>
    public StyleNumbers(int most)
    {
        var bits = BitOperations.Log2((uint)most + 1) + 2;
        (_slots, _shift) = (RentedArrays.Rent<(ulong Style, int Number)>(1 << bits), 64 - bits);
    }

    /// <summary>The number of a style.</summary>
    public int Of(ulong style)
    {
        var mask = (1 << (64 - _shift)) - 1;
        for (var at = (int)((style * 0x9E3779B97F4A7C15UL) >> _shift); ; at = (at + 1) & mask)
        {
            ref var slot = ref _slots[at];
            if (slot.Number == 0)
                slot = (style, ++_count);
            if (slot.Style == style)
                return slot.Number - 1;
        }
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => RentedArrays.Return(_slots);
}
