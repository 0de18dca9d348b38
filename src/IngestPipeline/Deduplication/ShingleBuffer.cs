namespace IngestPipeline.Deduplication;

/// <summary>
/// The shingles of the text that is compared now. No text keeps its own: they would be a quarter of what is kept of thousands of texts, and are quickly made
/// of its words.
/// </summary>
internal sealed class ShingleBuffer
{
    private uint[] _shingles = [];
    private Fingerprint? _print;

    /// <summary>True when the buffer holds a text's shingles.</summary>
    public bool IsOf(Fingerprint print) => ReferenceEquals(_print, print);

    /// <summary>A text's shingles, by position; good until another's are asked for.</summary>
    public ReadOnlySpan<uint> Of(Fingerprint print)
    {
        if (!IsOf(print))
        {
            if (_shingles.Length < print.ShingleCount)
                _shingles = new uint[print.ShingleCount * 2];
            Shingles.Fill(print.Text.Hashes, _shingles.AsSpan(0, print.ShingleCount));
            _print = print;
        }

        return _shingles.AsSpan(0, print.ShingleCount);
    }
}
