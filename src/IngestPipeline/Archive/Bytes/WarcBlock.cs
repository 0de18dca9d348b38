namespace IngestPipeline.Archive.Bytes;

/// <summary>The bytes of one record's block, bounded by its declared length.</summary>
internal sealed class WarcBlock(WarcReader reader, long length) : Stream
{
    private long _read;

    /// <summary>Bytes not read yet.</summary>
    public long Left => length - _read;

    public bool IsCutShort { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (Left == 0 || IsCutShort || buffer.IsEmpty)
            return 0;

        var read = reader.ReadBlock(this, buffer[..(int)Math.Min(buffer.Length, Left)]);
        _read += read;
        IsCutShort = read == 0;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
