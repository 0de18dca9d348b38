using IngestPipeline.Extraction;

namespace IngestPipeline.Archive;

/// <summary>
/// Memory for the bodies of one piece of work, a record's or those of an article's fetches: pages are too large to be thrown away each time, as the
/// collector lets a heap of them stand. Disposing gives all of it back for the next piece; what nobody disposes is collected.
/// </summary>
internal sealed class RentedBodies : IDisposable
{
    private readonly List<byte[]> _rented = [];

    /// <summary>An array of at least so many bytes, with anything in it; good until this is disposed.</summary>
    public byte[] Rent(int least)
    {
        var bytes = PageMemory.Bytes.Rent(least);
        _rented.Add(bytes);
        return bytes;
    }

    /// <summary>Takes the last array rented back for a longer one that begins with what it held.</summary>
    public byte[] Lengthen(byte[] bytes, int least)
    {
        var longer = PageMemory.Bytes.Rent(least);
        bytes.CopyTo(longer, 0);
        _rented[^1] = longer;
        PageMemory.Bytes.Return(bytes);
        return longer;
    }

    /// <summary>Gives the memory back; it may rent again.</summary>
    public void Dispose()
    {
        _rented.ForEach(bytes => PageMemory.Bytes.Return(bytes));
        _rented.Clear();
    }
}
