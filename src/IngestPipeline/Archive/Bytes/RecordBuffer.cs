using System.Buffers;
using System.Globalization;

namespace IngestPipeline.Archive.Bytes;

/// <summary>A buffer over an archive file's bytes that finds record starts and knows the gzip member of every byte in it.</summary>
internal sealed class RecordBuffer(IArchiveBytes bytes) : IDisposable
{
    private const int Room = 32 * 1024;
    private const int LongestVersionLine = 32;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
    private readonly List<MemberMark> _marks = [];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>Decompressed bytes before the next byte.</summary>
    public long Position { get; private set; }

    public bool AtEnd => !Ensure(1);

    /// <summary>Where the next byte lies in the file: its own offset, or that of its member.</summary>
    public long FileOffset => bytes.IsCompressed ? Member().Offset : bytes.FileOffset - (_end - _start);

    /// <summary>True when the next byte is the first of a member.</summary>
    public bool StartsMember => bytes.IsCompressed && Ensure(1) && Member().Position == Position;

    /// <summary>True when bytes are missing before the member of the next byte.</summary>
    public bool IsAfterFault => Member().AfterFault;

    private ReadOnlySpan<byte> Available => _buffer.AsSpan(_start, _end - _start);

    public (long Member, long Inner, long Position) Here()
    {
        if (!bytes.IsCompressed)
            return (FileOffset, 0, Position);
        var member = Member();
        return (member.Offset, Position - member.Position, Position);
    }

    public void Advance(int count)
    {
        _start += count;
        Position += count;
        while (_marks.Count > 1 && _marks[1].Position <= Position)
            _marks.RemoveAt(0);
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
    public void Discard() => Advance(UpToFault(_end - _start));

    /// <summary>Reads bytes of the current member past the buffer, which must be empty for that; 0 where the next ones are buffered, of another member, or none.</summary>
    public int TakeUnbuffered(Span<byte> into)
    {
        if (_start < _end || _ended || _marks.Count != 1 || into.Length < Room)
            return 0;
        var read = bytes.Read(into[..Room], out var mark);
        _ended = read == 0;
        if (mark == _marks[0])
        {
            Position += read;
            return read;
        }

        into[..read].CopyTo(_buffer);
        (_start, _end) = (0, read);
        if (read > 0)
            _marks.Add(mark);
        return 0;
    }

    /// <summary>Takes bytes of one member.</summary>
    public int Take(Span<byte> into)
    {
        if (!Ensure(1))
            return 0;
        var count = Math.Min(into.Length, _end - _start);
        if (_marks.Count > 1)
            count = (int)Math.Min(count, _marks[1].Position - Position);
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
        Ensure(4);
        if (!Available.StartsWith("\r\n\r\n"u8))
            return false;
        Advance(4);
        return true;
    }

    /// <summary>The version number where the next bytes are a version line; else null.</summary>
    public string? VersionLine()
    {
        Ensure(LongestVersionLine);
        return VersionIn(Available);
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
                var hit = window[at..].IndexOf("WARC/"u8);
                if (hit < 0)
                    break;
                at += hit;
                if (window.Length - at < LongestVersionLine && !_ended)
                    break;
                if ((at == 0 || window[at - 1] == '\n' || StartsMemberAt(at)) && VersionIn(window[at..]) is { } version)
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
            Advance(Math.Max(0, _end - _start - LongestVersionLine - 1));
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
                return taken <= most && UpToFault(taken) == taken;
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

    private static string? VersionIn(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith("WARC/"u8))
            return null;
        var line = bytes[..Math.Min(bytes.Length, LongestVersionLine)];
        var end = line.IndexOf((byte)'\n');
        if (end < 0)
            return null;

        Span<char> number = stackalloc char[LongestVersionLine];
        var count = 0;
        foreach (var b in line[5..end])
        {
            if (b is (byte)'\r' or (byte)' ')
                continue;
            if (!char.IsAsciiDigit((char)b) && b != '.')
                return null;
            number[count++] = (char)b;
        }

        return count > 0 && decimal.TryParse(number[..count], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
            ? number[..count].ToString()
            : null;
    }

    private bool StartsMemberAt(int at)
    {
        foreach (var mark in _marks)
        {
            if (mark.Position == Position + at)
                return true;
        }

        return false;
    }

    /// <summary>How many of the next bytes come before a place where bytes are missing.</summary>
    private int UpToFault(int count)
    {
        foreach (var mark in _marks)
        {
            if (mark.AfterFault && mark.Position > Position && mark.Position < Position + count)
                return (int)(mark.Position - Position);
        }

        return count;
    }

    private MemberMark Member() => _marks.Count == 0 ? default : _marks[0];

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

            var read = bytes.Read(_buffer.AsSpan(_end, Math.Min(Room, _buffer.Length - _end)), out var mark);
            _ended = read == 0;
            _end += read;
            if (read > 0 && (_marks.Count == 0 || _marks[^1] != mark))
                _marks.Add(mark);
        }

        // A mark read ahead becomes current when the bytes before it are gone.
        while (_marks.Count > 1 && _marks[1].Position <= Position)
            _marks.RemoveAt(0);
        return _end - _start >= count;
    }
}
