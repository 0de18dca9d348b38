using IngestPipeline.Feeds.Xml;

namespace IngestPipeline.Feeds.Text;

/// <summary>Reads the content of one element as a text: its characters, and its child elements written out as HTML.</summary>
internal sealed class ElementText(Repairs repairs)
{
    private readonly TextBuffer _text = new();
    private bool _markup;
    private bool _closed;
    private int _divDepth;
    private int _children;
    private int _innerStart;
    private int _innerEnd;
    private bool _looseText;

    /// <summary>Reads to the end of the element that the reader stands on the start of.</summary>
    /// <returns>The text, trimmed, with its addresses absolute; empty when there is none.</returns>
    public string Read(XmlTokenizer xml, TextKind kind)
    {
        Begin(kind);
        var depth = xml.Depth;
        var baseUri = xml.Base;
        while (xml.Read())
        {
            if (xml.Kind == XmlTokenKind.Text)
                Append(xml, depth);
            else if (xml.Kind == XmlTokenKind.Start)
                Open(xml, depth, kind);
            else if (xml.Depth == depth)
                break;
            else
                Close(xml, depth);
        }
        return Finish(kind, baseUri);
    }

    private void Begin(TextKind kind)
    {
        _text.Clear();
        _markup = kind is TextKind.Xhtml or TextKind.XhtmlInDiv;
        (_closed, _divDepth, _children, _innerStart, _innerEnd, _looseText) = (false, 0, 0, 0, 0, false);
    }

    private void Append(XmlTokenizer xml, int depth)
    {
        if (!_markup)
        {
            _text.Append(xml.Text);
            return;
        }
        if (xml.Depth == depth && !xml.Text.IsWhiteSpace())
            _looseText = true;
        HtmlWriter.Escape(_text, xml.Text, inAttribute: false);
    }

    private void Open(XmlTokenizer xml, int depth, TextKind kind)
    {
        if (xml.Depth == depth + 1)
            _children++;
        // Some wrap escaped HTML in a div of the document.
        if (kind == TextKind.Html
            && !_markup
            && _children == 1
            && _text.Span.IsWhiteSpace()
            && xml.Depth == depth + 1
            && xml.Name.Local == "div"
            && !xml.IsEmpty)
        {
            _divDepth = xml.Depth;
            return;
        }
        if (!_markup)
            BeginMarkup();
        HtmlWriter.Start(_text, xml);
        _closed = xml.IsEmpty;
        if (xml.Depth == depth + 1 && _children == 1 && xml.Name.Local == "div")
            _innerStart = _text.Length;
    }

    /// <summary>Text before the first element was plain text unless it holds markup already.</summary>
    private void BeginMarkup()
    {
        _markup = true;
        var before = _text.Span.ToString();
        if (before.Contains('<', StringComparison.Ordinal))
            return;
        _text.Clear();
        HtmlWriter.Escape(_text, before, inAttribute: false);
    }

    private void Close(XmlTokenizer xml, int depth)
    {
        if (xml.Depth == _divDepth)
            return;
        if (xml.Depth == depth + 1)
            _innerEnd = _text.Length;
        if (!_closed)
            HtmlWriter.End(_text, xml);
        _closed = false;
    }

    private string Finish(TextKind kind, string? baseUri)
    {
        var inner = kind == TextKind.XhtmlInDiv && _children == 1 && !_looseText && _innerStart > 0 && _innerEnd >= _innerStart
            ? _text.Span[_innerStart.._innerEnd]
            : _text.Span;
        var text = inner.Trim().ToString();
        _text.Clear();
        if (kind == TextKind.Base64)
            text = Base64Text.Decode(text).Trim();
        text = DoubleEncoding.Mend(text, repairs);
        return kind is TextKind.Html or TextKind.Base64 ? HtmlLinks.Resolve(text, baseUri) : text;
    }
}
