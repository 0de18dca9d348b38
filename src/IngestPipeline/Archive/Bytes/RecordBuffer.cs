using System.Buffers;

namespace IngestPipeline.Archive.Bytes;

/// <summary>A buffer over an archive file's bytes that finds record starts and knows the gzip member of every byte in it.</summary>
/// <param name="bytes">The file's bytes.</param>
/// <param name="ahead">How many are read ahead at a time.</param>
internal sealed class RecordBuffer(IArchiveBytes bytes, int ahead = RecordBuffer.Room) : IDisposable
{
    private const int Room = 32 * 1024;

    // Less is read sooner than passed over.
    private const int Worthwhile = 8 * 1024;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
    private readonly MemberMarks _members = new();
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>Decompressed bytes before the next byte.</summary>
    public long Position { get; private set; }

    public bool AtEnd => !Ensure(1);

    /// <summary>Where the next byte lies in the file: its own offset, or that of its member.</summary>
    public long FileOffset => bytes.IsCompressed ? _members.Current.Offset : bytes.FileOffset - (_end - _start);

    /// <summary>True when the next byte is the first of a member.</summary>
    public bool StartsMember => bytes.IsCompressed && Ensure(1) && _members.Current.Position == Position;

    /// <summary>True when bytes are missing before the member of the next byte.</summary>
    public bool IsAfterFault => _members.Current.AfterFault;

    private ReadOnlySpan<byte> Available => _buffer.AsSpan(_start, _end - _start);

    public (long Member, long Inner, long Position) Here()
    {
        if (!bytes.IsCompressed)
            return (FileOffset, 0, Position);
        var member = _members.Current;
        return (member.Offset, Position - member.Position, Position);
    }

    public void Advance(int count)
    {
        _start += count;
        Position += count;
        _members.MoveTo(Position);
    }

    public void Skip(long count)
    {
        for (var step = 0; count > 0 && Ensure(1); count -= step)
        {
            step = (int)Math.Min(count, _end - _start);
            Advance(step);
        }
    }

    /// <summary>Drops what is buffered, up to the next place where bytes are missing, so that a search goes on there.</summary>
    public void Discard() => Advance(_members.UpToFault(Position, _end - _start));

    /// <summary>
    /// Reads bytes of the current member past the buffer, which must be empty for that; 0 where the next ones are buffered, of another member, or none.
    /// </summary>
    public int TakeUnbuffered(Span<byte> into)
    {
        if (_start < _end || _ended || !_members.IsOne || into.Length < Room)
            return 0;
        // Long runs inflate faster; one of the next member must fit into the buffer.
        var read = bytes.Read(into[..Math.Min(into.Length, 2 * Room)], out var mark);
        _ended = read == 0;
        if (mark == _members.Current)
        {
            Position += read;
            return read;
        }

        into[..read].CopyTo(_buffer);
        (_start, _end) = (0, read);
        if (read > 0)
            _members.Add(mark);
        return 0;
    }

    /// <summary>Takes bytes of one member.</summary>
    public int Take(Span<byte> into)
    {
        if (!Ensure(1))
            return 0;
        var count = Math.Min(into.Length, _end - _start);
        if (_members.Next is { } next)
            count = (int)Math.Min(count, next - Position);
        Available[..count].CopyTo(into);
        Advance(count);
        return count;
    }

    /// <summary>Skips line ends, white space, padding and byte order marks between records.</summary>
    public void SkipBlank()
    {
        while (Ensure(1))
        {
            var blank = Available.IndexOfAnyExcept("\r\n\t \0\uFEFF"u8);
            if (blank == 0)
                return;
            Advance(blank < 0 ? _end - _start : blank);
        }
    }

    /// <summary>Skips the two line ends that close a record; false when they are not there.</summary>
    public bool SkipSeparator()
    {
        Ensure(WarcVersion.Separator.Length);
        if (!Available.StartsWith(WarcVersion.Separator))
            return false;
        Advance(WarcVersion.Separator.Length);
        return true;
    }

    /// <summary>Passes over the rest of a record that ends with its member; false where it is to be read.</summary>
    public bool TryPass(long count)
    {
        var buffered = _end - _start;
        if (count - buffered < Worthwhile || !_members.IsOne || !bytes.TryPass(count - buffered))
            return false;
        (_start, _end) = (0, 0);
        Position += count;
        return true;
    }

    /// <summary>True when nothing is left of the member of the bytes taken last, and it is what it says it is.</summary>
    public bool EndsMember() => !bytes.IsCompressed || (_start == _end && _members.IsOne && bytes.EndsMember());

    /// <summary>The version number where the next bytes are a version line; else null.</summary>
    public string? VersionLine()
    {
        Ensure(WarcVersion.Longest);
        return WarcVersion.Read(Available);
    }

    /// <summary>Moves to the next version line; null when there is none up to the end.</summary>
    public string? FindVersionLine()
    {
        while (true)
        {
            Ensure(Room);
            var window = Available;
            for (var at = 0; at < window.Length;)
            {
                var hit = window[at..].IndexOf(WarcVersion.Start);
                if (hit < 0)
                    break;
                at += hit;
                if (window.Length - at < WarcVersion.Longest && !_ended)
                    break;
                if ((at == 0 || window[at - 1] == '\n' || _members.StartAt(Position + at)) && WarcVersion.Read(window[at..]) is { } version)
                {
                    Advance(at);
                    return version;
                }

                at++;
            }

            if (_ended)
            {
                Discard();
                return null;
            }

            // What is left may hold the start of a version line, and the line end before it.
            Advance(Math.Max(0, _end - _start - WarcVersion.Longest - 1));
            Ensure(Math.Min(_end - _start + 1, _buffer.Length - Room));
        }
    }

    /// <summary>Skips a line; returns its length.</summary>
    public int SkipLine(int most)
    {
        if (!TryLine(most, out _, out var taken))
            return 0;
        Advance(taken);
        return taken;
    }

    /// <summary>Shows the next line without its line end; false when it does not end within <paramref name="most"/> bytes or the file.</summary>
    public bool TryLine(int most, out ReadOnlySpan<byte> line, out int taken)
    {
        var seen = 0;
        while (seen < most && Ensure(seen + 1))
        {
            var end = Available[seen..].IndexOf((byte)'\n');
            if (end >= 0)
            {
                taken = seen + end + 1;
                line = Available[..(taken - 1)];
                if (line.Length > 0 && line[^1] == '\r')
                    line = line[..^1];
                return taken <= most && _members.UpToFault(Position, taken) == taken;
            }

            seen = _end - _start;
        }

        line = default;
        taken = 0;
        return false;
    }

    /// <summary>Gives the buffer back; what is read afterwards is empty.</summary>
    public void Dispose()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _start = _end = 0;
        _ended = true;
    }

    private bool Ensure(int count)
    {
        while (_end - _start < count && !_ended)
        {
            if (_buffer.Length - _end < Room)
            {
                Available.CopyTo(_buffer);
                _end -= _start;
                _start = 0;
            }

            var read = bytes.Read(_buffer.AsSpan(_end, Math.Min(ahead, _buffer.Length - _end)), out var mark);
            _ended = read == 0;
            _end += read;
            if (read > 0)
                _members.Add(mark);
        }

        _members.MoveTo(Position);
        return _end - _start >= count;
    }
}
