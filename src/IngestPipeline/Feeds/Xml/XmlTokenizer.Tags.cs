namespace IngestPipeline.Feeds.Xml;

/// <content>Start and end tags.</content>
internal sealed partial class XmlTokenizer
{
    private bool _tagCut;
    private int _closedEarly;

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
}
