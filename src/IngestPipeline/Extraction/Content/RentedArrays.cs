using System.Buffers;

namespace IngestPipeline.Extraction.Content;

/// <summary>
/// Arrays for the work on one page, cleared, from the shared pool. New memory costs more than what is done in it: the collector clears it and gives it back to
/// the kernel, which has to hand it out again a page at a time.
/// </summary>
internal static class RentedArrays
{
    /// <summary>An array of at least so many, the first so many cleared.</summary>
    public static T[] Rent<T>(int least)
        where T : unmanaged
    {
        var array = ArrayPool<T>.Shared.Rent(least);
        array.AsSpan(0, least).Clear();
        return array;
    }

    /// <summary>Gives an array back; nobody may look at it afterwards.</summary>
    public static void Return<T>(T[] array)
        where T : unmanaged => ArrayPool<T>.Shared.Return(array);
}
