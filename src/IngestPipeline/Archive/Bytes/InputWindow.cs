using System.Buffers;

namespace IngestPipeline.Archive.Bytes;

/// <summary>A window on a file: bytes are looked at before they are taken, and the last run handed out stays in reach.</summary>
internal sealed class InputWindow(Stream stream, long offset) : IDisposable
{
    /// <summary>The most bytes handed out at once.</summary>
    public const int LongestRun = 8 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private int _keep;
    private int _position;
    private int _end;
    private long _bufferOffset = offset;

    public bool CanSeek => stream.CanSeek;

    /// <summary>Bytes from the start of the file to the next byte.</summary>
    public long Offset => _bufferOffset + _position;

    /// <summary>Where <see cref="BackToRun"/> goes.</summary>
    public long RunOffset => _bufferOffset + _keep;

    public ReadOnlySpan<byte> Available => _buffer.AsSpan(_position, _end - _position);

    /// <summary>Tries to have <paramref name="count"/> bytes (at most 48 KiB) available; false at the end of the file.</summary>
    public bool Ensure(int count)
    {
        while (_end - _position < count)
        {
            if (_keep > 0 && _buffer.Length - _end < LongestRun)
                Compact();
            if (_end == _buffer.Length)
                return false;
            var read = stream.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
                return false;
            _end += read;
        }

        return true;
    }

    public void Advance(int count)
    {
        _position += count;
        _keep = _position;
    }

    /// <summary>Hands out the next run of bytes; it can be returned to with <see cref="BackToRun"/> until the next call.</summary>
    public int TakeRun(Span<byte> into)
    {
        _keep = _position;
        Ensure(1);
        var count = Math.Min(Math.Min(into.Length, LongestRun), _end - _position);
        _buffer.AsSpan(_position, count).CopyTo(into);
        _position += count;
        return count;
    }

    public void BackToRun() => _position = _keep;

    /// <summary>Moves to another place of the file; only where <see cref="CanSeek"/>.</summary>
    public void SeekTo(long target)
    {
        if (target >= _bufferOffset && target <= _bufferOffset + _end)
        {
            _position = (int)(target - _bufferOffset);
        }
        else
        {
            stream.Seek(target, SeekOrigin.Begin);
            _bufferOffset = target;
            _position = _end = 0;
        }

        _keep = _position;
    }

    /// <summary>Closes the file and gives the buffer back; what is read afterwards is empty.</summary>
    public void Dispose()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _keep = _position = _end = 0;
        stream.Dispose();
    }

    private void Compact()
    {
        _buffer.AsSpan(_keep, _end - _keep).CopyTo(_buffer);
        _bufferOffset += _keep;
        _position -= _keep;
        _end -= _keep;
        _keep = 0;
    }
}
