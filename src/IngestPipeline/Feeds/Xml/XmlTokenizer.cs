namespace IngestPipeline.Feeds.Xml;

/// <summary>
/// A streaming XML reader that never gives up: whatever the document says, it delivers a balanced sequence of tokens and notes what it mended.
/// A document without a fault is well-formed (XML 1.0, Namespaces in XML 1.0), apart from what a DTD would add: DTDs are skipped,
/// nothing outside the document is read, and a declared entity is resolved only where its value is short plain text.
/// </summary>
internal sealed partial class XmlTokenizer
{
    /// <summary>Elements nested deeper are dropped.</summary>
    public const int MaxDepth = 256;

    /// <summary>A tag longer than this many characters is cut.</summary>
    public const int MaxTag = 1 << 18;

    private readonly CharSource _source;
    private readonly Repairs _repairs;
    private readonly XmlNames _names = new();
    private readonly XmlAttributes _attributes = new();
    private readonly XmlScopes _scopes;
    private readonly XmlEntities _entities;

    // Text is delivered in pieces of at most this size, so the buffer grows for long tags only.
    private char[] _buffer = new char[8192];
    private int _position;
    private int _end;
    private bool _sourceEnded;

    private int _pendingEnds;
    private bool _emptyElement;
    private int _tooDeep;
    private bool _inCData;
    private bool _rootSeen;

    // The text token: a slice of the buffer, or of the characters that a reference stands for.
    private readonly char[] _resolved = new char[XmlEntities.LongestValue];
    private char[] _textBuffer = [];
    private int _textStart;
    private int _textLength;

    /// <param name="source">The document's characters.</param>
    /// <param name="baseUri">What a top-level relative xml:base is resolved against; null when unknown.</param>
    /// <param name="repairs">Receives what was mended.</param>
    public XmlTokenizer(CharSource source, string? baseUri, Repairs repairs)
    {
        _source = source;
        _repairs = repairs;
        _scopes = new(baseUri, repairs);
        _entities = new(repairs);
    }

    /// <summary>What the reader stands on.</summary>
    public XmlTokenKind Kind { get; private set; }

    /// <summary>How many elements are open; on <see cref="XmlTokenKind.Start"/> and <see cref="XmlTokenKind.End"/> the element itself counts.</summary>
    public int Depth => _scopes.Depth;

    /// <summary>The innermost open element; on <see cref="XmlTokenKind.Start"/> and <see cref="XmlTokenKind.End"/> the element itself.</summary>
    public XmlName Name => _scopes.Current.Name;

    /// <summary>That element's vocabulary.</summary>
    public XmlVocabulary Vocabulary => _scopes.Current.Vocabulary;

    /// <summary>The base address in force, from xml:base or the document; null when unknown.</summary>
    public string? Base => _scopes.Current.Base;

    /// <summary>The language in force, from xml:lang; null when none was given.</summary>
    public string? Language => _scopes.Current.Language;

    /// <summary>True on the start of an element without content.</summary>
    public bool IsEmpty => _emptyElement;

    /// <summary>The characters of a <see cref="XmlTokenKind.Text"/> token, references resolved. Valid until the next read.</summary>
    public ReadOnlySpan<char> Text => _textBuffer.AsSpan(_textStart, _textLength);

    /// <summary>An element of this name never contains itself: a second start of it ends the first. Set to the format's entry element.</summary>
    public string? NeverNested { get; set; }

    /// <summary>Goes to the next token.</summary>
    /// <returns>False at the end of the document; by then every element has ended.</returns>
    public bool Read()
    {
        if (Kind == XmlTokenKind.End)
            _scopes.Pop();
        if (_tagCut)
            SkipRestOfTag();
        if (_emptyElement)
        {
            _emptyElement = false;
            return Deliver(XmlTokenKind.End);
        }
        while (true)
        {
            if (_pendingEnds > 0)
            {
                _pendingEnds--;
                return Deliver(XmlTokenKind.End);
            }
            if (_position == _end && !Fill())
                return EndOfDocument();
            if (_inCData ? ReadCData() : _buffer[_position] == '<' ? ReadMarkup() : ReadText())
                return true;
        }
    }

    /// <summary>Goes past the end of the element that starts here; afterwards the reader stands on that end.</summary>
    public void Skip()
    {
        var depth = Depth;
        while (Read() && !(Kind == XmlTokenKind.End && Depth <= depth))
        {
        }
    }

    private bool Deliver(XmlTokenKind kind)
    {
        Kind = kind;
        return true;
    }

    private bool EndOfDocument()
    {
        if (_inCData)
        {
            _inCData = false;
            _repairs.CutOff("the document ends inside a CDATA section");
        }
        if (Depth > 0)
        {
            _repairs.CutOff("the document ends before its elements do");
            return Deliver(XmlTokenKind.End);
        }
        if (_closedEarly > 0)
            _repairs.Fault("entries that were not closed were closed");
        if (!_rootSeen)
            _repairs.Fault("there is no element in the document");
        Kind = XmlTokenKind.None;
        return false;
    }

    private bool ReadText()
    {
        var text = _buffer.AsSpan(_position, _end - _position);
        if (text[0] == '&')
            return ReadReference();
        var length = text.IndexOfAny('<', '&');
        if (length < 0)
            length = text.Length;
        if (text[..length].IndexOf("]]>") >= 0)
            _repairs.Fault("]]> stands in text");
        return DeliverText(_buffer, _position, length, length);
    }

    private bool ReadCData()
    {
        var rest = _buffer.AsSpan(_position, _end - _position);
        var length = rest.IndexOf("]]>");
        if (length >= 0)
        {
            _inCData = false;
            return DeliverText(_buffer, _position, length, length + 3);
        }
        // A part of the end mark may stand at the end of what was read so far.
        if (!_sourceEnded && rest.Length < 3)
        {
            Ensure(3);
            if (!_sourceEnded)
                return false;
            rest = _buffer.AsSpan(_position, _end - _position);
        }
        length = _sourceEnded ? rest.Length : rest.Length - 2;
        return DeliverText(_buffer, _position, length, length);
    }

    private bool DeliverText(char[] buffer, int start, int length, int consumed)
    {
        _position += consumed;
        _atStart = false;
        if (_tooDeep > 0 || length == 0)
            return false;
        if (Depth == 0)
        {
            if (!buffer.AsSpan(start, length).IsWhiteSpace())
                _repairs.Fault(_rootSeen ? "text after the document element was dropped" : "text before the document element was dropped");
            return false;
        }
        (_textBuffer, _textStart, _textLength) = (buffer, start, length);
        return Deliver(XmlTokenKind.Text);
    }

    private bool ReadReference()
    {
        Ensure(XmlEntities.LongestReference);
        var length = _entities.Resolve(_buffer.AsSpan(_position, Math.Min(_end - _position, XmlEntities.LongestReference)), _resolved, out var used);
        return DeliverText(_resolved, 0, length, used);
    }

    /// <summary>Reads more characters; the current token's start stays in the buffer.</summary>
    private bool Fill()
    {
        if (_sourceEnded)
            return false;
        if (_position > 0)
        {
            _buffer.AsSpan(_position, _end - _position).CopyTo(_buffer);
            _end -= _position;
            _position = 0;
        }
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = _source.Read(_buffer.AsSpan(_end));
        _end += read;
        _sourceEnded = read == 0;
        return read > 0;
    }

    /// <summary>Tries to have this many characters at hand.</summary>
    private void Ensure(int count)
    {
        while (_end - _position < count && Fill())
        {
        }
    }

    /// <summary>The value of an attribute of the element that starts here, by its name as written, ignoring case; null when absent.</summary>
    public string? Attribute(string name) =>
        _attributes.IndexOf(name) is >= 0 and var index ? _entities.ResolveValue(_attributes.RawValueOf(index)) : null;

    /// <summary>How many attributes the element that starts here has.</summary>
    public int AttributeCount => _attributes.Count;

    /// <summary>The name of an attribute as written.</summary>
    public ReadOnlySpan<char> AttributeName(int index) => _attributes.NameOf(index);

    /// <summary>The value of an attribute, references resolved.</summary>
    public string AttributeValue(int index) => _entities.ResolveValue(_attributes.RawValueOf(index));

    /// <summary>The namespace of the element that starts here counts as this vocabulary from here on.</summary>
    public void Adopt(XmlVocabulary vocabulary) => _scopes.Adopt(vocabulary);

    /// <summary>Replaces the document's own base address wherever no xml:base is in force.</summary>
    public void Rebase(string baseUri) => _scopes.Rebase(baseUri);
}
