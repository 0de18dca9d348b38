using IngestPipeline.Storage;

namespace IngestPipeline.Archive.Bytes;

/// <summary>The bytes of one record's block, bounded by its declared length.</summary>
internal sealed class WarcBlock(WarcReader reader, long length) : ReadOnlyStream
{
    private long _read;

    /// <summary>Bytes not read yet.</summary>
    public long Left => length - _read;

    public bool IsCutShort { get; private set; }

    public override long Length => length;

    public override long Position => _read;

    public override int Read(Span<byte> buffer)
    {
        if (Left == 0 || IsCutShort || buffer.IsEmpty)
            return 0;

        var read = reader.ReadBlock(this, buffer[..(int)Math.Min(buffer.Length, Left)]);
        _read += read;
        IsCutShort = read == 0;
        return read;
    }
}
