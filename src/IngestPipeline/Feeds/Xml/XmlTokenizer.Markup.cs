namespace IngestPipeline.Feeds.Xml;

/// <content>Tags, comments, processing instructions and the document type.</content>
internal sealed partial class XmlTokenizer
{
    private bool ReadMarkup()
    {
        Ensure(16);
        var rest = _buffer.AsSpan(_position, _end - _position);
        if (rest.Length < 2)
            return Literal("a bare < stands in text");
        return rest[1] switch
        {
            '!' when rest.StartsWith("<!--") => SkipComment(),
            '!' when rest.StartsWith("<![CDATA[") => BeginCData(),
            '!' when rest.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase) => SkipDocumentType(),
            '!' => SkipBogus(),
            '?' => SkipInstruction(),
            '/' => ReadEndTag(),
            _ when XmlNames.StartsName(rest[1]) => ReadStartTag(),
            _ => Literal("a bare < stands in text"),
        };
    }

    private bool Literal(string fault)
    {
        _repairs.Fault(fault);
        return DeliverText(_buffer, _position, 1, 1);
    }

    private bool BeginCData()
    {
        _position += "<![CDATA[".Length;
        if (Depth == 0)
            _repairs.Fault("a CDATA section stands outside the document element");
        _inCData = true;
        return false;
    }

    private bool SkipComment()
    {
        _atStart = false;
        _position += 4;
        if (!SkipPast("--"))
            _repairs.CutOff("the document ends inside a comment");
        Ensure(1);
        while (_position < _end && _buffer[_position] != '>')
        {
            _repairs.Fault("-- stands in a comment");
            // "--" may be the start of "-->": step by one.
            if (_buffer[_position] == '-')
                _position++;
            else if (!SkipPast("--"))
                _repairs.CutOff("the document ends inside a comment");
            Ensure(1);
        }
        _position = Math.Min(_position + 1, _end);
        return false;
    }

    private bool SkipInstruction()
    {
        Ensure(MostDeclaration);
        var rest = _buffer.AsSpan(_position, _end - _position);
        var declaration = rest.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) && rest.Length > 5 && char.IsWhiteSpace(rest[5]);
        if (declaration && (_declarationSeen || !_atStart))
            _repairs.Fault("the XML declaration is not at the document's start");
        _declarationSeen |= declaration;
        _atStart = false;

        var end = rest.IndexOf("?>");
        if (end >= 0)
        {
            if (declaration)
                CheckDeclaration(rest[..end]);
            _position += end + 2;
            return false;
        }
        if (rest.Length >= MostDeclaration && !declaration && SkipPast("?>"))
            return false;
        // Its end mark is missing: it ends with its tag, or with the document.
        var close = rest.IndexOf('>');
        _repairs.Fault("a processing instruction does not end");
        _position = close < 0 ? _end : _position + close + 1;
        return false;
    }

    private const int MostDeclaration = 1024;
    private bool _declarationSeen;
    private bool _atStart = true;

    private void CheckDeclaration(ReadOnlySpan<char> declaration)
    {
        var version = declaration.IndexOf("version");
        if (version < 0)
            _repairs.Fault("the XML declaration names no version");
        else if (declaration[version..].IndexOf("1.1") is >= 0 and < 14)
            _repairs.Note("XML 1.1 was read as XML 1.0");
    }

    private bool SkipDocumentType()
    {
        _atStart = false;
        if (_rootSeen)
            _repairs.Fault("a document type stands after the document element");
        _entities.SkipDocumentType(NextCharacter);
        return false;
    }

    private char NextCharacter() => _position < _end || Fill() ? _buffer[_position++] : '\0';

    private bool SkipBogus()
    {
        _repairs.Fault("a declaration that XML does not know was dropped");
        if (!SkipPast(">"))
            _repairs.CutOff("the document ends inside a tag");
        return false;
    }

    /// <summary>Goes past the next occurrence of a mark; to the end of the document when there is none.</summary>
    private bool SkipPast(string mark)
    {
        while (true)
        {
            Ensure(mark.Length);
            var at = _buffer.AsSpan(_position, _end - _position).IndexOf(mark);
            if (at >= 0)
            {
                _position += at + mark.Length;
                return true;
            }
            if (_sourceEnded)
            {
                _position = _end;
                return false;
            }
            var passed = Math.Max(0, _end - _position - mark.Length + 1);
            _position += passed;
            Fill();
        }
    }

    private bool ReadEndTag()
    {
        var length = TagLength(2);
        var tag = _buffer.AsSpan(_position, length);
        var name = tag[2..(tag[^1] == '>' ? ^1 : ^0)];
        var trimmed = name.TrimEnd();
        // </title attribute> and </ title> occur; the name is what counts.
        var plain = trimmed.TrimStart();
        var space = plain.IndexOfAny(" \t\n/");
        if (space >= 0)
            plain = plain[..space];
        if (plain.Length != trimmed.Length)
            _repairs.Fault("an end tag holds more than its name");
        var found = _scopes.Find(plain);
        _position += length;

        if (_tooDeep > 0)
        {
            _tooDeep--;
            return false;
        }
        if (found < 0 && _closedEarly > 0 && plain.SequenceEqual(NeverNested))
        {
            _closedEarly--;
            return false;
        }
        if (found < 0)
        {
            _repairs.Fault("an end tag without a start tag was dropped");
            return false;
        }
        if (found < Depth)
            _repairs.Fault("elements that were not closed were closed");
        _pendingEnds = Depth - found + 1;
        return false;
    }

    private bool ReadStartTag()
    {
        var length = TagLength(1);
        _attributes.Parse(_buffer.AsMemory(_position, length), _repairs);
        var name = _names.Get(_attributes.ElementName);
        if (NeverNested is not null && string.Equals(name.Raw, NeverNested, StringComparison.Ordinal) && _scopes.Find(name.Raw) is > 0 and var open)
        {
            // The tag is read again after the ends that come first.
            _repairs.Note("an entry that holds another was closed before it");
            _closedEarly++;
            _tagCut = false;
            _pendingEnds = Depth - open + 1;
            return false;
        }
        _position += length;
        _atStart = false;
        // Whether a tag that was cut closes itself is not known any more: then it is safer that it does.
        var selfClosing = _attributes.SelfClosing || _tagCut;
        if (_tooDeep > 0 || Depth >= MaxDepth)
        {
            _repairs.Note($"elements nested deeper than {MaxDepth} were dropped");
            if (!selfClosing)
                _tooDeep++;
            return false;
        }
        if (Depth == 0 && _rootSeen)
            _repairs.Fault("there is more than one document element");
        _rootSeen = true;
        _emptyElement = selfClosing;
        _scopes.Push(name, _attributes, _entities);
        return Deliver(XmlTokenKind.Start);
    }

    /// <summary>Goes past what is left of a tag that was cut; by then its attributes are no longer needed.</summary>
    private void SkipRestOfTag()
    {
        _tagCut = false;
        if (!SkipPast(">"))
            _repairs.CutOff("the document ends inside a tag");
    }

    /// <summary>How long the tag at the position is, its &gt; included, reading on as needed. Quoted &gt; do not end it.</summary>
    private int TagLength(int from)
    {
        var quote = '\0';
        var firstClose = -1;
        for (var i = from; ; i++)
        {
            i += RunLength(i, quote);
            if (i >= MaxTag)
                return CutLongTag(firstClose, MaxTag);
            if (_position + i >= _end)
                return CutTag(firstClose, i);
            var c = _buffer[_position + i];
            if (c is '"' or '\'')
            {
                // A quote that no = comes before opens nothing.
                if (quote == '\0' && !AfterEquals(i))
                    continue;
                quote = quote == '\0' ? c : '\0';
                firstClose = -1;
            }
            else if (quote == '\0')
                return c == '>' ? i + 1 : UnclosedTag(i);
            else if (c == '<' && firstClose >= 0)
                return CutTag(firstClose, i);
            else if (c == '>' && firstClose < 0)
                firstClose = i;
        }
    }

    /// <summary>How many characters from an offset on cannot matter for where the tag ends, reading on as needed.</summary>
    private int RunLength(int offset, char quote)
    {
        var run = 0;
        while (true)
        {
            var rest = _buffer.AsSpan(_position + offset + run, _end - _position - offset - run);
            var length = quote == '\0' ? rest.IndexOfAny("<>\"'") : rest.IndexOfAny('<', '>', quote);
            if (length >= 0)
                return run + length;
            run += rest.Length;
            if (offset + run >= MaxTag || !Fill())
                return run;
        }
    }

    private bool AfterEquals(int at)
    {
        var before = _buffer.AsSpan(_position, at).TrimEnd(" \t\n");
        return before.Length > 0 && before[^1] == '=';
    }

    private int UnclosedTag(int length)
    {
        _repairs.Fault("a tag that was not closed was closed");
        return length;
    }

    private int CutTag(int firstClose, int length)
    {
        if (firstClose >= 0)
        {
            _repairs.Fault("an attribute's quote was not closed");
            return firstClose + 1;
        }
        _repairs.CutOff("the document ends inside a tag");
        return length;
    }

    private int CutLongTag(int firstClose, int length)
    {
        _repairs.Fault($"a tag longer than {MaxTag} characters was cut");
        if (firstClose >= 0)
            return firstClose + 1;
        _tagCut = true;
        return length;
    }

    private bool _tagCut;
    private int _closedEarly;
}
