using System.Collections.Concurrent;
using IngestPipeline.Storage;
using Microsoft.Win32.SafeHandles;

namespace IngestPipeline.Archive;

/// <summary>The archive's files, held open: each page is read from one, and opening costs more calls than reading. Safe for concurrent use.</summary>
internal sealed class ArchiveFiles : IDisposable
{
    // Of an archive of more files the others are opened for each page.
    private const int Most = 32;

    private readonly ConcurrentDictionary<string, SafeFileHandle> _held = new(StringComparer.Ordinal);

    /// <summary>Opens a file at an offset.</summary>
    public Stream Open(string path, long offset)
    {
        if (_held.TryGetValue(path, out var held))
            return new FilePart(held, offset, isOwner: false);
        var opened = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return new FilePart(opened, offset, isOwner: _held.Count >= Most || !_held.TryAdd(path, opened));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var handle in _held.Values)
            handle.Dispose();
        _held.Clear();
    }

    private sealed class FilePart(SafeFileHandle file, long position, bool isOwner) : ReadOnlyStream
    {
        private long _position = position;

        public override bool CanSeek => true;

        public override long Length => RandomAccess.GetLength(file);

        public override long Position => _position;

        public override int Read(Span<byte> buffer)
        {
            var read = RandomAccess.Read(file, buffer, _position);
            _position += read;
            return read;
        }

        public override long Seek(long offset, SeekOrigin origin) =>
            origin == SeekOrigin.Begin ? _position = offset : throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing && isOwner)
                file.Dispose();
            base.Dispose(disposing);
        }
    }
}
