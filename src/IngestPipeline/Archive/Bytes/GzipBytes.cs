using System.Buffers.Binary;
using System.IO.Compression;

namespace IngestPipeline.Archive.Bytes;

/// <summary>
/// A file of gzip members, read member by member. The framework's GZipStream does not tell where a member ends, and loses what it decoded
/// before a fault; here both are kept, and reading goes on at the next member that starts with a record.
/// </summary>
internal sealed class GzipBytes : IArchiveBytes
{
    // A legitimate archive inflates 3 to 20 times; beyond these two bounds together a file is a bomb.
    private const long FreeBytes = 256L << 20;
    private const long MostRatio = 300;

    private readonly InputWindow _window;
    private readonly string _name;
    private readonly FaultList _faults;
    private readonly MemberFrames? _frames;
    private readonly long _start;
    private readonly WindowStream _feed;
    private DeflateStream? _inflate;
    private MemberMark _mark;
    private long _dataOffset;
    private long _memberBytes;
    private long _position;
    private long _rewound;
    private uint _crc;
    private int _trials;
    private bool _missing;
    private bool _ended;
    private byte[]? _salvaged;
    private int _salvagedTaken;

    /// <param name="window">The file.</param>
    /// <param name="name">What faults call it.</param>
    /// <param name="faults">Takes what cannot be read.</param>
    /// <param name="frames">Finds the ends of members that are passed over; null = none is.</param>
    public GzipBytes(InputWindow window, string name, FaultList faults, MemberFrames? frames = null)
    {
        _frames = frames;
        _start = window.Offset;
        _window = window;
        _name = name;
        _faults = faults;
        _feed = new(_window);
    }

    public bool IsCompressed => true;

    public long FileOffset => _window.Offset;

    public int Read(Span<byte> into, out MemberMark mark)
    {
        while (!into.IsEmpty)
        {
            if (_salvaged is not null)
            {
                mark = _mark;
                if (TakeSalvaged(into) is > 0 and var salvaged)
                    return salvaged;
            }

            if (_inflate is null && !OpenMember())
                break;

            mark = _mark;
            var read = Inflate(into);
            if (read > 0)
                return read;
        }

        mark = _mark;
        return 0;
    }

    public bool TryPass(long count)
    {
        var size = _memberBytes + count;
        // All that was inflated came of one run, so that each byte of the member is looked at.
        if (_frames is null || _inflate is null || _mark.AfterFault || size > MemberFrames.LongestMember || _window.RunOffset != _dataOffset)
            return false;
        EndMember();
        _window.BackToRun();
        _frames.Pass(_window, (uint)size);
        Count((int)count);
        return true;
    }

    public bool EndsMember()
    {
        Span<byte> more = stackalloc byte[1];
        var before = _faults.Count;
        return _inflate is not null && Inflate(more) == 0 && _faults.Count == before;
    }

    public void Dispose()
    {
        _inflate?.Dispose();
        _window.Dispose();
    }

    private bool OpenMember()
    {
        if (_ended)
            return false;

        // Some writers pad members with zeros up to a block's end.
        while (_window.Ensure(1) && _window.Available[0] == 0)
            _window.Advance(1);
        if (!_window.Ensure(1))
            return false;

        _window.Ensure(GzipMember.TrialLength);
        var header = GzipMember.HeaderLength(_window.Available);
        if (header == 0)
        {
            var offset = _window.Offset;
            var found = FindMember();
            _faults.Add(_name, offset, found ? "bytes that are no gzip member, skipped" : "bytes that are no gzip member, up to the end of the file");
            if (!found)
                return false;
            header = GzipMember.HeaderLength(_window.Available);
        }

        // A member that gave nothing hides no loss before it.
        _missing |= _mark.AfterFault && _memberBytes == 0;
        _mark = new(_window.Offset, _position, _missing);
        _missing = false;
        _window.Advance(header);
        _dataOffset = _window.Offset;
        _memberBytes = 0;
        _crc = 0;
        _feed.Ended = false;
        _inflate = new(_feed, CompressionMode.Decompress, leaveOpen: true);
        return true;
    }

    private int Inflate(Span<byte> into)
    {
        try
        {
            var read = _inflate!.Read(into);
            if (read == 0)
            {
                CloseMember();
                return 0;
            }

            _crc = Crc32.Append(_crc, into[..read]);
            Count(read);
            if (_position > FreeBytes && _position / MostRatio > _window.Offset - _start)
                Stop($"the file inflates more than {MostRatio} times: a compression bomb, not read further");
            return read;
        }
        catch (InvalidDataException)
        {
            _faults.Add(_name, _mark.Offset, "damaged gzip member; what it holds before the damage is kept");
            EndMember();
            var rewind = _window.CanSeek && _rewound <= 4 * (_window.Offset - _start) + (1 << 20);
            if (rewind)
                _salvaged = Salvage(into.Length);
            _salvagedTaken = 0;
            Resume(rewind);
            return 0;
        }
    }

    private byte[] Salvage(int most)
    {
        var back = _window.Offset;
        _window.SeekTo(_dataOffset);
        var saved = GzipSalvage.Read(_feed, _memberBytes, most);
        _rewound += back - _dataOffset;
        _window.SeekTo(back);
        return saved;
    }

    private int TakeSalvaged(Span<byte> into)
    {
        var rest = _salvaged.AsSpan(_salvagedTaken);
        var count = Math.Min(rest.Length, into.Length);
        rest[..count].CopyTo(into);
        _salvagedTaken += count;
        Count(count);
        if (count == 0)
            _salvaged = null;
        return count;
    }

    private void CloseMember()
    {
        var cut = _feed.Ended;
        EndMember();
        if (cut)
        {
            Stop("the file ends within a gzip member; what precedes the cut is kept");
            return;
        }

        // The data ended somewhere in the run handed out last: the trailer (checksum, length) tells where.
        Span<byte> trailer = stackalloc byte[8];
        _window.BackToRun();
        _window.Ensure(InputWindow.LongestRun + trailer.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, _crc);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], unchecked((uint)_memberBytes));
        var at = _window.Available.IndexOf(trailer);
        if (at >= 0)
        {
            _window.Advance(at + trailer.Length);
            _frames?.Meet(_window.Offset, unchecked((uint)_memberBytes));
            return;
        }

        _faults.Add(_name, _mark.Offset, "the checksum of a gzip member does not match, or its end is cut off");
        Resume(fromMember: false);
    }

    private void Resume(bool fromMember)
    {
        // Damage may have led the decoder past the next members: look from where this one began.
        if (fromMember)
        {
            _rewound += _window.Offset - _dataOffset;
            _window.SeekTo(_dataOffset);
        }
        else
        {
            _window.BackToRun();
        }

        if (!FindMember())
            _ended = true;
    }

    private bool FindMember()
    {
        _missing = true;
        return GzipMember.Find(_window, ref _trials);
    }

    private void Stop(string what)
    {
        _faults.Add(_name, _mark.Offset, what);
        EndMember();
        _ended = true;
    }

    private void EndMember()
    {
        _inflate?.Dispose();
        _inflate = null;
    }

    private void Count(int bytes)
    {
        _memberBytes += bytes;
        _position += bytes;
    }
}
