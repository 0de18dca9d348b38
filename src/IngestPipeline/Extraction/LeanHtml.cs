using System.Globalization;

namespace IngestPipeline.Extraction;

/// <summary>
/// A page's text without what nobody reads: attributes, comments, styles, drawings, scripts. These are more than half of a news page, and the parser
/// would read each letter of them. Written by <see cref="HtmlPreScan"/>, which stops leaving out where it is not sure to see the page as the parser does.
/// Disposing gives the memory back for the next page.
/// </summary>
/// <param name="page">The whole page; it must live as long as this.</param>
internal sealed class LeanHtml(ReadOnlyMemory<char> page) : IDisposable
{
    // No script starts with it; one that did could only be taken for another of its page.
    private const char ScriptMark = '\u0001';

    // Longer than any mark.
    private const int MinScript = 16;

    private readonly List<(int From, int To)> _scripts = [];

    // Rented once there is something to leave out.
    private char[] _text = [];
    private int _length;
    private int _next;
    private bool _isSure = true;

    /// <summary>A place in what is written, to come back to.</summary>
    public int Mark(int at) => _length + at - _next;

    /// <summary>Leaves a piece out.</summary>
    public void Cut(int from, int to)
    {
        if (!_isSure || from >= to)
            return;
        Keep(from);
        _next = to;
    }

    /// <summary>Leaves everything out that was written behind a mark, up to a place.</summary>
    public void CutFrom(int mark, int to)
    {
        if (!_isSure)
            return;
        Keep(_next + Math.Max(0, mark - _length));
        (_length, _next) = (mark, to);
    }

    /// <summary>How far it is written, to go back to.</summary>
    public (int Length, int Next) State => (_length, _next);

    /// <summary>Takes back what was left out since a state, in which no script was.</summary>
    public void GoBack((int Length, int Next) state) => (_length, _next) = state;

    /// <summary>Leaves attributes out that stand side by side.</summary>
    public void CutAttributes(int from, int to)
    {
        // The slash would come to stand right before the tag's end, where it means something.
        if (page.Span[from - 1] != '/')
            Cut(from, to);
    }

    /// <summary>Leaves a script's content out; a mark with its number stands in its place.</summary>
    public void CutScript(int from, int to)
    {
        if (!_isSure || to - from < MinScript)
            return;

        Cut(from, to);
        _text[_length++] = ScriptMark;
        _scripts.Count.TryFormat(_text.AsSpan(_length), out var digits, provider: CultureInfo.InvariantCulture);
        _length += digits;
        _scripts.Add((from, to));
    }

    /// <summary>Leaves nothing out from here on.</summary>
    public void Stop()
    {
        if (!_isSure)
            return;
        _isSure = false;
        // What takes everything back may hide from the scan once that sees the page otherwise than the parser.
        if (page.Span.Contains("shadowrootmode", StringComparison.OrdinalIgnoreCase) || page.Span.Contains("frameset", StringComparison.OrdinalIgnoreCase))
            KeepAll();
    }

    /// <summary>Takes back what was left out, and leaves nothing out any more.</summary>
    public void KeepAll()
    {
        _scripts.Clear();
        (_length, _next, _isSure) = (0, 0, false);
    }

    /// <summary>Ends the page: what is left of it, good until this is disposed.</summary>
    public ReadOnlyMemory<char> Finish()
    {
        if (_next == 0)
            return page;

        Keep(page.Length);
        return _text.AsMemory(0, _length);
    }

    /// <summary>A script as the page has it, with line ends as a parser reads them.</summary>
    /// <param name="parsed">What the parser read of it: the mark of a content that was left out, or the content.</param>
    public ReadOnlyMemory<char> Script(ReadOnlyMemory<char> parsed)
    {
        if (parsed.Span is not [ScriptMark, .. var mark]
            || !int.TryParse(mark, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number >= _scripts.Count)
            return parsed;

        var (from, to) = _scripts[number];
        var script = page[from..to];
        return script.Span.Contains('\r') ? script.ToString().Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').AsMemory() : script;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        if (_text.Length > 0)
            PageMemory.Letters.Return(_text);
        _text = [];
    }

    private void Keep(int to)
    {
        if (_text.Length == 0)
            _text = PageMemory.Letters.Rent(page.Length);
        page.Span[_next..to].CopyTo(_text.AsSpan(_length));
        _length += to - _next;
        _next = to;
    }
}
