namespace IngestPipeline.Archive.Bytes;

/// <summary>An uncompressed archive file.</summary>
internal sealed class PlainBytes(InputWindow window) : IArchiveBytes
{
    public bool IsCompressed => false;

    public long FileOffset => window.Offset;

    public int Read(Span<byte> into, out MemberMark mark)
    {
        mark = default;
        return window.TakeRun(into);
    }

    public void Dispose() => window.Dispose();
}
