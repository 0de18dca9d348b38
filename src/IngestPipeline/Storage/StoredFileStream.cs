namespace IngestPipeline.Storage;

/// <summary>
/// A blob as a file: read from any place, without being copied first. For readers that do not know asynchrony, such as the archive's; a read waits for
/// the store.
/// </summary>
internal sealed class StoredFileStream(IBlobStore store, string name, long offset = 0) : ReadOnlyStream
{
    private long _position = offset;
    private Stream? _open;

    public override bool CanSeek => true;

    public override long Position => _position;

    public override int Read(Span<byte> buffer)
    {
        _open ??= store.OpenReadAsync(name, _position).GetAwaiter().GetResult() ?? throw new FileNotFoundException("it is gone", name);
        var read = _open.Read(buffer);
        _position += read;
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        if (origin != SeekOrigin.Begin)
            throw new NotSupportedException();
        if (offset != _position)
        {
            _open?.Dispose();
            _open = null;
        }

        return _position = offset;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _open?.Dispose();
        base.Dispose(disposing);
    }
}
