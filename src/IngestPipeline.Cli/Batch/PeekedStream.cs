using IngestPipeline.Storage;

namespace IngestPipeline.Cli.Batch;

/// <summary>A stream that cannot be rewound, whose first bytes were looked at.</summary>
/// <param name="head">Its first bytes, as many as were read.</param>
/// <param name="rest">What comes behind them; disposed with this.</param>
internal sealed class PeekedStream(ReadOnlyMemory<byte> head, Stream rest) : ReadOnlyStream
{
    private ReadOnlyMemory<byte> _head = head;

    public override int Read(Span<byte> buffer)
    {
        if (_head.IsEmpty)
            return rest.Read(buffer);
        var count = Math.Min(buffer.Length, _head.Length);
        _head.Span[..count].CopyTo(buffer);
        _head = _head[count..];
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            rest.Dispose();
        base.Dispose(disposing);
    }
}
