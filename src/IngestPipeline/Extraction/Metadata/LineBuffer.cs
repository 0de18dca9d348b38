using System.Buffers;
using IngestPipeline.Extraction.StructuredData;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>Gathers the pieces of one line of visible text, white space folded as they come.</summary>
/// <param name="joints">Where the pieces' places in the lines go.</param>
internal sealed class LineBuffer(List<ushort> joints)
{
    private const int MaxPiece = 2 * PageScanner.MaxLine;

    // Whatever is not kept as it is; a blank is, where it stands alone.
    private static readonly SearchValues<char> Odd = SearchValues.Create(
        Enumerable.Range(0, 0x10000)
            .Select(c => (char)c)
            .Where(c => c != ' ' && (char.IsWhiteSpace(c) || char.IsControl(c) || HtmlFragment.IsInvisible(c)))
            .ToArray());

    private readonly char[] _folded = new char[PageScanner.MaxLine + 1 + MaxPiece];
    private int _length;
    private int _raw;
    private bool _gap;
    private bool _isNew;

    /// <summary>True while no piece was taken.</summary>
    public bool IsEmpty => _raw == 0;

    /// <summary>True when the line has reached its greatest length.</summary>
    public bool IsFull => _raw > PageScanner.MaxLine;

    /// <summary>Takes a piece, which is a word apart from the piece before it.</summary>
    public void Add(ReadOnlySpan<char> piece)
    {
        if (piece.Length > MaxPiece)
            piece = piece[..MaxPiece];
        if (piece.Length == 0)
            return;

        _gap |= _raw > 0;
        _isNew = true;
        _raw += piece.Length + (_raw > 0 ? 1 : 0);
        var tail = piece.TrimStart();
        var core = tail.TrimEnd();
        _gap |= tail.Length < piece.Length;
        if (!core.ContainsAny(Odd) && core.IndexOf("  ", StringComparison.Ordinal) < 0)
            Keep(core);
        else
            Fold(core);
        _gap |= core.Length < tail.Length;
    }

    /// <summary>Ends the line: its text cut at <see cref="PageScanner.MaxLine"/> characters, empty for a line without ink.</summary>
    /// <param name="length">The folded text's whole length.</param>
    public string Take(out int length)
    {
        length = _length;
        var text = _length == 0
            ? ""
            : new string(
                _folded, 0,
                _length <= PageScanner.MaxLine
                    ? _length
                    : char.IsHighSurrogate(_folded[PageScanner.MaxLine - 1])
                    ? PageScanner.MaxLine - 1
                    : PageScanner.MaxLine);
        (_length, _raw, _gap) = (0, 0, false);
        return text;
    }

    private void Keep(ReadOnlySpan<char> core)
    {
        if (core.Length == 0)
            return;

        if (_gap && _length > 0)
            _folded[_length++] = ' ';
        _gap = false;
        Join();
        core.CopyTo(_folded.AsSpan(_length));
        _length += core.Length;
    }

    private void Fold(ReadOnlySpan<char> core)
    {
        foreach (var c in core)
        {
            if (c is > ' ' and < '\u007f')
                Put(c);
            else if (HtmlFragment.IsInvisible(c))
                continue;
            else if (char.IsWhiteSpace(c) || char.IsControl(c))
                _gap = true;
            else
                Put(c);
        }
    }

    private void Put(char c)
    {
        if (_gap && _length > 0)
            _folded[_length++] = ' ';
        _gap = false;
        Join();
        _folded[_length++] = c;
    }

    private void Join()
    {
        if (_isNew && _length is > 0 and < PageScanner.MaxLine)
            joints.Add((ushort)_length);
        _isNew = false;
    }
}
