using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IngestPipeline.Deduplication;

/// <summary>The telling words of an article, weighted, for recognising other reports on the same event.</summary>
internal sealed class TermVector
{
    /// <summary>The length of every vector that is not empty.</summary>
    public const int Scale = 4096;

    // The terms, the keys and the weights, two in a number: one piece of memory in place of three arrays.
    private readonly TextPlace _place;
    private readonly int _terms;
    private readonly int _keys;

    /// <summary>A vector.</summary>
    /// <param name="terms">See <see cref="Terms"/>.</param>
    /// <param name="weights">See <see cref="Weights"/>.</param>
    /// <param name="keys">See <see cref="Keys"/>.</param>
    /// <param name="memory">Where it is kept; null for memory of its own.</param>
    public TermVector(ReadOnlySpan<uint> terms, ReadOnlySpan<ushort> weights, ReadOnlySpan<uint> keys, TextMemory? memory = null)
    {
        (_terms, _keys) = (terms.Length, keys.Length);
        if (_terms == 0)
            return;
        _place = TextPlace.In(memory, Length);
        var numbers = _place.Span(Length);
        terms.CopyTo(numbers);
        keys.CopyTo(numbers[_terms..]);
        weights.CopyTo(MemoryMarshal.Cast<uint, ushort>(numbers[(_terms + _keys)..]));
    }

    /// <summary>The words' hashes, ascending.</summary>
    public ReadOnlySpan<uint> Terms => _place.Span(_terms);

    /// <summary>Their weights, scaled so that the vector's length is <see cref="Scale"/>.</summary>
    public ReadOnlySpan<ushort> Weights => MemoryMarshal.Cast<uint, ushort>(_place.Span(Length)[(_terms + _keys)..])[.._terms];

    /// <summary>The weightiest of the words, by which other reports are found.</summary>
    public ReadOnlySpan<uint> Keys => _place.Span(_terms + _keys)[_terms..];

    private int Length => _terms + _keys + ((_terms + 1) / 2);

    /// <summary>The cosine of two vectors in 1/10,000.</summary>
    public int Cosine(TermVector other)
    {
        long dot = 0;
        int i = 0, j = 0;
        var terms = Terms;
        var others = other.Terms;
        // Read without checks of bounds, which the loop's condition makes.
        ref var weights = ref MemoryMarshal.GetReference(Weights);
        ref var otherWeights = ref MemoryMarshal.GetReference(other.Weights);
        ref var first = ref MemoryMarshal.GetReference(terms);
        ref var firstOther = ref MemoryMarshal.GetReference(others);
        while (i < terms.Length && j < others.Length)
        {
            // No branch for which word comes first: it is foreseen badly.
            var (term, otherTerm) = (Unsafe.Add(ref first, i), Unsafe.Add(ref firstOther, j));
            if (term == otherTerm)
                dot += Unsafe.Add(ref weights, i) * Unsafe.Add(ref otherWeights, j);
            i += term <= otherTerm ? 1 : 0;
            j += otherTerm <= term ? 1 : 0;
        }

        return (int)(dot * 10_000 / ((long)Scale * Scale));
    }
}
