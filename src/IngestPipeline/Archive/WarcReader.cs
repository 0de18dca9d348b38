using System.Globalization;
using IngestPipeline.Archive.Bytes;

namespace IngestPipeline.Archive;

/// <summary>
/// Streams the records of a WARC file (versions 0.17 to 1.1, plain or gzip with any number of members, told by content). Memory is bounded for
/// every input. What cannot be read is a fault: the records before it are kept, and reading goes on at the next plausible record.
/// </summary>
public sealed class WarcReader : IDisposable
{
    private const int MostHeaderBytes = 64 * 1024;
    private const int StartBytes = 12 * 1024;
    private const int SmallBlock = 16 * 1024;
    private readonly IArchiveBytes _bytes;
    private readonly RecordBuffer _buffer;
    private readonly FaultList _faults;
    private readonly string _name;
    private readonly MemberFrames? _frames;
    private readonly bool _isLight;

    /// <param name="window">The file.</param>
    /// <param name="name">What faults call it.</param>
    /// <param name="faults">Takes what cannot be read.</param>
    /// <param name="isLight">True: what the caller leaves unread of a record is passed over where it can be (<see cref="WarcRecord.MayBePassed"/>).</param>
    /// <param name="frames">Finds the ends of members that are passed over; null = a compressed file is read whole.</param>
    internal WarcReader(InputWindow window, string name, FaultList faults, bool isLight = false, MemberFrames? frames = null)
    {
        _name = name;
        _faults = faults;
        var isCompressed = GzipMember.IsCompressed(window);
        _frames = isLight && isCompressed ? frames : null;
        _isLight = isLight && (_frames is not null || !isCompressed);
        _bytes = isCompressed ? new GzipBytes(window, name, faults, _frames) : new PlainBytes(window);
        _buffer = _isLight ? new(_bytes, StartBytes) : new(_bytes);
    }

    /// <summary>Opens a WARC file from its first byte; the reader owns the stream.</summary>
    /// <param name="stream">The file; seeking is used, where it can, to save more of a damaged gzip file.</param>
    /// <param name="name">What faults call the file.</param>
    public static WarcReader Open(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new(new InputWindow(stream, 0), name, new FaultList(most: 1_000));
    }

    /// <summary>What could not be read so far, in the order it was met; at most 1,000 one by one, the rest counted in a last line.</summary>
    public IReadOnlyList<ArchiveFault> Faults => _faults.Faults;

    /// <summary>True when the file is compressed.</summary>
    public bool IsCompressed => _bytes.IsCompressed;

    /// <summary>The records in file order, once. A record's block must be read before the next record is asked for.</summary>
    public IEnumerable<WarcRecord> Records()
    {
        WarcRecord? last = null;
        while (NextStart() is { } version)
        {
            if (ReadRecord(version) is not { } record)
                continue;
            if (last is not null)
                last.Length = LengthUpTo(last, record.Offset, record.InnerOffset);
            record.MayBePassed = _isLight && record.ContentLength > SmallBlock && (_frames is null || IsAlone(record, last));
            yield return record;

            Close(record);
            last = record;
            if (_frames is { IsDoubtful: true })
                yield break;
        }

        if (last is not null && last.Length is null && last.InnerOffset == 0)
            last.Length = _bytes.FileOffset - last.Offset;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _buffer.Dispose();
        _bytes.Dispose();
    }

    /// <summary>Reads the one record that lies <paramref name="inner"/> bytes further on; null where there is none.</summary>
    internal WarcRecord? RecordAt(long inner)
    {
        _buffer.Skip(inner);
        return _buffer.VersionLine() is { } version ? ReadRecord(version) : null;
    }

    /// <summary>Reads what is left of a record; true when it is whole, and so is its member, which holds no other.</summary>
    internal bool EndsWell(WarcRecord record)
    {
        Close(record);
        return _faults.Count == 0 && !record.IsCutShort && _buffer.EndsMember();
    }

    internal int ReadBlock(WarcBlock block, Span<byte> into)
    {
        if (_buffer.TakeUnbuffered(into) is > 0 and var unbuffered)
            return unbuffered;
        if (_buffer.StartsMember && (_buffer.IsAfterFault || _buffer.VersionLine() is not null))
        {
            Fault($"a record is cut short: {block.Left} bytes of its block are missing");
            return 0;
        }

        var read = _buffer.Take(into);
        if (read == 0)
            Fault($"the file ends within a record: {block.Left} bytes of its block are missing");
        return read;
    }

    private static long? LengthUpTo(WarcRecord record, long offset, long inner) =>
        record.InnerOffset == 0 && inner == 0 ? offset - record.Offset : null;

    // The member before held one record; a member of several shows only when it is read.
    private bool IsAlone(WarcRecord record, WarcRecord? last)
    {
        if (record.InnerOffset > 0 && _frames!.HasPassed)
            _frames.Doubt();
        return record.InnerOffset == 0 && last is { InnerOffset: 0 };
    }

    /// <summary>Moves to the next version line; null at the end of the file.</summary>
    private string? NextStart()
    {
        _buffer.SkipBlank();
        if (_buffer.AtEnd)
            return null;
        if (_buffer.VersionLine() is { } version)
            return version;

        var from = _buffer.Position;
        var offset = _buffer.FileOffset;
        var found = _buffer.FindVersionLine();
        _faults.Add(_name, offset, $"{_buffer.Position - from} bytes that are no WARC record, skipped");
        return found;
    }

    private WarcRecord? ReadRecord(string version)
    {
        var (member, inner, position) = _buffer.Here();
        var fields = new WarcFields();
        var size = _buffer.SkipLine(MostHeaderBytes);
        while (true)
        {
            if (!_buffer.TryLine(MostHeaderBytes - size, out var line, out var taken))
            {
                _faults.Add(_name, member, $"a record's header does not end within the file, its undamaged part, or {MostHeaderBytes} bytes; left out");
                _buffer.Discard();
                return null;
            }

            if (line.IsEmpty)
            {
                _buffer.Advance(taken);
                break;
            }

            if (_buffer.VersionLine() is not null)
            {
                _faults.Add(_name, member, "a record's header is cut off by the next record");
                return null;
            }

            fields.Add(line);
            _buffer.Advance(taken);
            size += taken;
        }

        if (!long.TryParse(fields.First("Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            _faults.Add(_name, member, "a record without a usable Content-Length, left out");
            return null;
        }

        return new(version, fields, length, member, inner, position, new WarcBlock(this, length));
    }

    private void Close(WarcRecord record)
    {
        var block = (WarcBlock)record.Block;
        if (record.MayBePassed && !block.IsCutShort && _buffer.TryPass(block.Left + WarcVersion.Separator.Length))
            return;
        Span<byte> rest = stackalloc byte[4096];
        while (block.Read(rest) > 0)
        {
            // Reads what the caller left.
        }

        if (block.IsCutShort)
            return;
        if (!_buffer.SkipSeparator())
            Fault("a block is not followed by two line ends: its declared length may be wrong");
    }

    private void Fault(string what) => _faults.Add(_name, _buffer.FileOffset, what);
}
