using System.Text;
using IngestPipeline.Feeds.Xml;

namespace IngestPipeline.Feeds.Text;

/// <summary>Reads the bytes that are not UTF-8 as windows-1252, one character each: the commonest mixture.</summary>
internal sealed class Windows1252DecoderFallback : DecoderFallback
{
    /// <inheritdoc />
    public override int MaxCharCount => 4;

    /// <inheritdoc />
    public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer();

    private sealed class Buffer : DecoderFallbackBuffer
    {
        private byte[] _bytes = [];
        private int _next;

        public override int Remaining => _bytes.Length - _next;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            (_bytes, _next) = (bytesUnknown, 0);
            return bytesUnknown.Length > 0;
        }

        public override char GetNextChar() => _next < _bytes.Length ? CharSource.FromC1((char)_bytes[_next++]) : '\0';

        public override bool MovePrevious()
        {
            if (_next == 0)
                return false;
            _next--;
            return true;
        }

        public override void Reset() => (_bytes, _next) = ([], 0);
    }
}
