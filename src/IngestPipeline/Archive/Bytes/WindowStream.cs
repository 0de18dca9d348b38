namespace IngestPipeline.Archive.Bytes;

/// <summary>Hands the window's bytes to the decoder and notes when there are no more.</summary>
internal sealed class WindowStream(InputWindow window) : Stream
{
    /// <summary>True once the file had no more bytes to give; reset by whoever starts a new member.</summary>
    public bool Ended { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        var count = window.TakeRun(buffer);
        Ended |= count == 0;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
