using IngestPipeline.Storage;
using Microsoft.Win32.SafeHandles;

namespace IngestPipeline.Deduplication;

/// <summary>Cards in a local file for the length of a run: never synced, deleted at the end. A cache, never a truth.</summary>
internal sealed class TemporaryCards : ICardFile, IDisposable
{
    private const int WriteLength = 1 << 20;
    private const long MostOfSegment = 1L << 31;

    private readonly List<SafeFileHandle> _segments = [];
    private readonly string? _parent;
    private readonly byte[] _pending = new byte[WriteLength];
    private byte[] _buffer = new byte[1 << 14];
    private long _written;
    private int _pendingLength;
    private WorkFolder? _folder;

    /// <param name="folder">Where; null = the system's folder for temporary files.</param>
    public TemporaryCards(string? folder) => _parent = folder;

    /// <inheritdoc/>
    public CardPlace Append(ReadOnlySpan<byte> card)
    {
        if (_segments.Count == 0 || _written + _pendingLength + card.Length > MostOfSegment)
            Start();
        if (_pendingLength + card.Length > WriteLength)
            Flush();
        var place = CardPlace.Of((ushort)(_segments.Count - 1), _written + _pendingLength, card.Length);
        if (card.Length > WriteLength)
        {
            RandomAccess.Write(_segments[^1], card, _written);
            _written += card.Length;
            return place;
        }

        card.CopyTo(_pending.AsSpan(_pendingLength));
        _pendingLength += card.Length;
        return place;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Read(CardPlace place)
    {
        if (place.Segment == _segments.Count - 1 && place.Offset >= _written)
        {
            var start = (int)(place.Offset - _written);
            return _pending.AsSpan(start, Math.Min(place.Length, _pendingLength - start));
        }

        if (_buffer.Length < place.Length)
            _buffer = new byte[place.Length * 2];
        // A card that was written whole lies in the file whole.
        var read = RandomAccess.Read(_segments[place.Segment], _buffer.AsSpan(0, place.Length), place.Offset);
        return _buffer.AsSpan(0, read);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _segments.ForEach(s => s.Dispose());
        _folder?.Dispose();
    }

    private void Start()
    {
        if (_segments.Count > 0)
            Flush();
        _folder ??= WorkFolder.Create(_parent);
        var file = Path.Combine(_folder.Path, FormattableString.Invariant($"{_segments.Count}.cards"));
        _segments.Add(File.OpenHandle(file, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.RandomAccess));
        _written = 0;
    }

    private void Flush()
    {
        RandomAccess.Write(_segments[^1], _pending.AsSpan(0, _pendingLength), _written);
        _written += _pendingLength;
        _pendingLength = 0;
    }
}
