using System.Text;

namespace IngestPipeline.Tests.Functions.Infra;

/// <summary>
/// A template's text, read as far as the tests need it where the compiler cannot be had: without comments, with its brackets balanced and its
/// strings closed.
/// </summary>
internal sealed class BicepText
{
    private readonly string _source;
    private readonly StringBuilder _code = new();
    private readonly Stack<char> _open = new();
    private int _at;

    private BicepText(string source) => _source = source;

    /// <summary>The text without comments. Throws where a string or a bracket stays open.</summary>
    public static string Code(string source)
    {
        var text = new BicepText(source);
        text.ReadUntil(end: '\0');
        return text._code.ToString();
    }

    private FormatException Fault(string what) => new($"line {_source[..Math.Min(_at, _source.Length)].Count(c => c == '\n') + 1}: {what}");

    private void ReadUntil(char end)
    {
        var depth = _open.Count;
        while (_at < _source.Length)
        {
            var c = _source[_at];
            if (c == end && _open.Count == depth)
                return;
            if (At("//"))
                SkipTo("\n");
            else if (At("/*"))
                SkipTo("*/");
            else if (At("'''"))
                CopyTo("'''");
            else if (c == '\'')
                ReadString();
            else
                ReadBracket(c);
        }
        if (end != '\0')
            throw Fault($"'{end}' is missing");
        if (_open.Count > 0)
            throw Fault($"'{_open.Peek()}' is not closed");
    }

    private void ReadBracket(char c)
    {
        if (c is '(' or '[' or '{')
            _open.Push(c);
        else if (c is ')' or ']' or '}' && (!_open.TryPop(out var open) || (open, c) is not (('(', ')') or ('[', ']') or ('{', '}'))))
            throw Fault($"'{c}' closes nothing");
        Copy(1);
    }

    private void ReadString()
    {
        Copy(1);
        while (_at < _source.Length && _source[_at] != '\'')
        {
            if (_source[_at] == '\n')
                throw Fault("a string is not closed");
            if (_source[_at] == '\\')
            {
                Copy(2);
            }
            else if (At("${"))
            {
                Copy(2);
                ReadUntil(end: '}');
                Copy(1);
            }
            else
            {
                Copy(1);
            }
        }
        if (_at == _source.Length)
            throw Fault("a string is not closed");
        Copy(1);
    }

    private bool At(string word) => string.CompareOrdinal(_source, _at, word, 0, word.Length) == 0;

    private void SkipTo(string end)
    {
        var found = _source.IndexOf(end, _at + 2, StringComparison.Ordinal);
        _at = found < 0 ? _source.Length : found + (end == "\n" ? 0 : end.Length);
    }

    private void CopyTo(string end)
    {
        var found = _source.IndexOf(end, _at + 3, StringComparison.Ordinal);
        if (found < 0)
            throw Fault("a string of several lines is not closed");
        Copy(found + end.Length - _at);
    }

    private void Copy(int length)
    {
        var to = Math.Min(_at + length, _source.Length);
        _code.Append(_source, _at, to - _at);
        _at = to;
    }
}
