using System.IO.Compression;

namespace IngestPipeline.Archive.Bytes;

/// <summary>Gets back what the decoder throws away: what it had decoded in the call that met the damage.</summary>
internal static class GzipSalvage
{
    /// <summary>Decodes a member again, byte by byte behind what is known already, up to the damage.</summary>
    /// <param name="feed">The member's compressed bytes, from their beginning.</param>
    /// <param name="known">How many bytes it gave before the failing call.</param>
    /// <param name="most">How many that call had room for.</param>
    public static byte[] Read(Stream feed, long known, int most)
    {
        using var inflate = new DeflateStream(feed, CompressionMode.Decompress, leaveOpen: true);
        var passed = new byte[8192];
        for (var left = known; left > 0;)
        {
            var read = inflate.Read(passed, 0, (int)Math.Min(passed.Length, left));
            if (read == 0)
                break;
            left -= read;
        }

        var saved = new List<byte>();
        try
        {
            while (saved.Count < most && inflate.ReadByte() is >= 0 and var value)
                saved.Add((byte)value);
        }
        catch (InvalidDataException)
        {
            // Expected: this is the damage.
        }

        return [.. saved];
    }
}
