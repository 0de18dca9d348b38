using IngestPipeline.Storage;

namespace IngestPipeline.Archive.Bytes;

/// <summary>Hands the window's bytes to the decoder and notes when there are no more.</summary>
internal sealed class WindowStream(InputWindow window) : ReadOnlyStream
{
    /// <summary>True once the file had no more bytes to give; reset by whoever starts a new member.</summary>
    public bool Ended { get; set; }

    public override int Read(Span<byte> buffer)
    {
        var count = window.TakeRun(buffer);
        Ended |= count == 0;
        return count;
    }
}
