using System.IO.Compression;
using System.Security.Cryptography;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline;

/// <summary>Makes a day's roll-up of its records, which come in the order of their names.</summary>
internal sealed class RollUpBuilder : IDisposable
{
    private const int MostKept = 4 * 1024 * 1024;

    private readonly MemoryStream _compressed;
    private readonly GZipStream _gzip;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int _records;
    private long _bytes;

    /// <param name="compressed">
    /// What it is made in: that of one roll-up after the other, as far as they are of usual length, as each would be garbage among the large objects.
    /// </param>
    public RollUpBuilder(MemoryStream compressed)
    {
        _compressed = compressed;
        _compressed.SetLength(0);
        if (_compressed.Capacity > MostKept)
            _compressed.Capacity = 0;
        _gzip = new(_compressed, CompressionLevel.Fastest, leaveOpen: true);
    }

    /// <summary>Adds the next record.</summary>
    public void Add(ReadOnlySpan<byte> record)
    {
        _gzip.Write(record);
        _gzip.Write("\n"u8);
        _hash.AppendData(record);
        _hash.AppendData("\n"u8);
        _records++;
        _bytes += record.Length + 1;
    }

    /// <summary>The roll-up, in memory that the next one is made in; nothing can be added any more.</summary>
    public (RollUp Day, ReadOnlyMemory<byte> Content) Finish(string day)
    {
        _gzip.Dispose();
        return (
            new(day, _records, _bytes, Convert.ToHexStringLower(_hash.GetHashAndReset())), _compressed.GetBuffer().AsMemory(0, (int)_compressed.Length));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gzip.Dispose();
        _hash.Dispose();
    }
}
