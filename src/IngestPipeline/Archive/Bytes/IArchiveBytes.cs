namespace IngestPipeline.Archive.Bytes;

/// <summary>The decompressed bytes of an archive file, each run with the gzip member it came from.</summary>
internal interface IArchiveBytes : IDisposable
{
    /// <summary>True when the file is compressed, so that records are addressed by member.</summary>
    bool IsCompressed { get; }

    /// <summary>Bytes of the file taken in so far: where a fault is reported.</summary>
    long FileOffset { get; }

    /// <summary>Reads bytes of one member only; 0 at the end of what can be read. Faults are collected, not thrown.</summary>
    int Read(Span<byte> into, out MemberMark mark);

    /// <summary>
    /// Passes over the next bytes without reading them: the rest of the member that was read last, or of a plain record. False = nothing is changed, they
    /// are to be read.
    /// </summary>
    bool TryPass(long count);

    /// <summary>True when the member that was read last ends here, and is what it says it is.</summary>
    bool EndsMember();
}

/// <summary>Where the bytes of one member begin.</summary>
/// <param name="Offset">Bytes from the start of the file to the member's header; 0 for a plain file.</param>
/// <param name="Position">Bytes from the start of the decompressed stream to the member's first byte.</param>
/// <param name="AfterFault">True when bytes are missing before it.</param>
internal readonly record struct MemberMark(long Offset, long Position, bool AfterFault);
