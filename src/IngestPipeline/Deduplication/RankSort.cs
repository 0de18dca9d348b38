using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IngestPipeline.Deduplication;

/// <summary>
/// Sorts a few numbers, each of which stands there once, by counting for each how many are less: no branch that the processor could foresee badly.
/// </summary>
internal static class RankSort
{
    /// <summary>Numbers up to which this is quicker than sorting them otherwise.</summary>
    public const int Most = 96;

    /// <summary>Sorts numbers, ascending.</summary>
    public static void Sort(Span<ulong> numbers)
    {
        if (numbers.Length > Most)
        {
            numbers.Sort();
            return;
        }

        Span<ulong> all = stackalloc ulong[Most];
        all[numbers.Length..].Fill(ulong.MaxValue);
        numbers.CopyTo(all);
        ref var first = ref MemoryMarshal.GetReference(all);
        for (var i = 0; i < numbers.Length; i++)
        {
            var number = Vector256.Create(all[i]);
            var less = Vector256<ulong>.Zero;
            for (var k = 0; k < numbers.Length; k += Vector256<ulong>.Count)
                less -= Vector256.LessThan(Vector256.LoadUnsafe(ref first, (nuint)k), number);
            numbers[(int)Vector256.Sum(less)] = all[i];
        }
    }
}
