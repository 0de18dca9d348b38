using System.IO.Compression;

namespace IngestPipeline.Feeds.Text;

/// <summary>Unpacks gzip files, within a limit.</summary>
internal static class Gzip
{
    /// <summary>Unpacks as much as the limit and the file's state allow.</summary>
    /// <param name="packed">The file.</param>
    /// <param name="most">The most bytes to unpack.</param>
    /// <param name="complete">Whether that was all of it.</param>
    public static ReadOnlyMemory<byte> Unpack(ReadOnlyMemory<byte> packed, int most, out bool complete)
    {
        complete = false;
        using var output = new MemoryStream();
        using var input = new MemoryStream(packed.ToArray(), writable: false);
        using var gzip = new GZipStream(input, CompressionMode.Decompress);
        var buffer = new byte[1 << 16];
        try
        {
            while (gzip.Read(buffer) is > 0 and var read)
            {
                if (output.Length + read > most)
                    return output.ToArray();
                output.Write(buffer, 0, read);
            }
            complete = true;
        }
        catch (InvalidDataException)
        {
            // What came out before the damage is kept.
        }
        return output.ToArray();
    }
}
