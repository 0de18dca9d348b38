namespace IngestPipeline.Archive.Bytes;

/// <summary>An uncompressed archive file.</summary>
internal sealed class PlainBytes(InputWindow window) : IArchiveBytes
{
    private const long MostPassed = 1L << 40;

    public bool IsCompressed => false;

    public long FileOffset => window.Offset;

    public int Read(Span<byte> into, out MemberMark mark)
    {
        mark = default;
        return window.TakeRun(into);
    }

    public bool TryPass(long count)
    {
        if (!window.CanSeek || count > MostPassed)
            return false;
        var here = window.Offset;
        window.SeekTo(here + count - WarcVersion.Separator.Length);
        window.Ensure(WarcVersion.Separator.Length + WarcVersion.Longest);
        if (window.Available.StartsWith(WarcVersion.Separator)
            && (window.Available.Length == WarcVersion.Separator.Length || WarcVersion.Read(window.Available[WarcVersion.Separator.Length..]) is not null))
        {
            window.Advance(WarcVersion.Separator.Length);
            return true;
        }

        window.SeekTo(here);
        return false;
    }

    public bool EndsMember() => true;

    public void Dispose() => window.Dispose();
}
