namespace IngestPipeline.Feeds.Xml;

/// <content>Comments, processing instructions and the document type.</content>
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
        // What was looked through for it is gone by then.
        if (rest.Length >= MostDeclaration && !declaration)
        {
            if (!SkipPast("?>"))
                _repairs.CutOff("the document ends inside a processing instruction");
            return false;
        }

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
}
