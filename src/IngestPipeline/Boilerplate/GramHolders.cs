using System.Buffers;
using System.Numerics;

namespace IngestPipeline.Boilerplate;

/// <summary>
/// Which of some texts may hold a passage, by the runs of three characters as in <see cref="TextGrams"/>: for each place the texts that have it, a bit each, so
/// that sixty-four texts are asked at once. Disposing gives the memory back.
/// </summary>
/// <param name="count">How many texts there are at most.</param>
internal sealed class GramHolders(int count) : IDisposable
{
    private readonly int _width = (count + 63) / 64;
    private ulong[] _bits = Rent((count + 63) / 64);

    /// <summary>Adds a text.</summary>
    public void Add(int number, ReadOnlySpan<char> text)
    {
        var bit = 1UL << number;
        var word = number >> 6;
        for (var i = 0; i + TextGrams.Length <= text.Length; i++)
            _bits[(TextGrams.PlaceAt(text, i) * _width) + word] |= bit;
    }

    /// <summary>The first text from a number on that may hold a passage; −1 when there is none.</summary>
    /// <param name="places">The passage's, of <see cref="TextGrams.PlacesOf"/>.</param>
    /// <param name="from">The number.</param>
    public int Next(ReadOnlySpan<ushort> places, int from)
    {
        var left = ulong.MaxValue << from;
        for (var word = from >> 6; word < _width; word++, left = ulong.MaxValue)
        {
            foreach (var place in places)
                left &= _bits[(place * _width) + word];
            if (left != 0)
                return (word << 6) | BitOperations.TrailingZeroCount(left);
        }

        return -1;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        if (_bits.Length > 0)
            ArrayPool<ulong>.Shared.Return(_bits);
        _bits = [];
    }

    private static ulong[] Rent(int width)
    {
        var bits = ArrayPool<ulong>.Shared.Rent(TextGrams.Room * 64 * width);
        Array.Clear(bits, 0, TextGrams.Room * 64 * width);
        return bits;
    }
}
