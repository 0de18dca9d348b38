using System.Buffers;

namespace IngestPipeline.Records;

/// <summary>Bytes written into an array of the shared pool, which grows by taking one twice as long; disposing gives it back.</summary>
internal sealed class RentedWriter : IBufferWriter<byte>, IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(16_384);
    private int _length;

    /// <summary>What was written; good until this is disposed.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <inheritdoc/>
    public void Advance(int count) => _length = checked(_length + count);

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_bytes.Length - _length < Math.Max(sizeHint, 1))
            Lengthen(sizeHint);
        return _bytes.AsMemory(_length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, _length) = ([], 0);
    }

    private void Lengthen(int sizeHint)
    {
        var longer = ArrayPool<byte>.Shared.Rent(checked(_length + Math.Max(sizeHint, _bytes.Length)));
        Written.CopyTo(longer);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = longer;
    }
}
