namespace IngestPipeline.Feeds.Xml;

/// <summary>The attributes of one start tag, as slices of the tag. Reused from tag to tag.</summary>
internal sealed class XmlAttributes
{
    private const int Most = 256;
    private const string Space = " \t\n";

    private readonly List<(int NameStart, int NameLength, int ValueStart, int ValueLength)> _items = [];
    private ReadOnlyMemory<char> _tag;
    private int _elementLength;

    /// <summary>The element's name.</summary>
    public ReadOnlySpan<char> ElementName => _tag.Span.Slice(1, _elementLength);

    /// <summary>Whether the tag closes itself.</summary>
    public bool SelfClosing { get; private set; }

    /// <summary>How many attributes there are.</summary>
    public int Count => _items.Count;

    /// <summary>The name of an attribute as written.</summary>
    public ReadOnlySpan<char> NameOf(int index) => _tag.Span.Slice(_items[index].NameStart, _items[index].NameLength);

    /// <summary>The value of an attribute, its references not resolved.</summary>
    public ReadOnlySpan<char> RawValueOf(int index) => _tag.Span.Slice(_items[index].ValueStart, _items[index].ValueLength);

    /// <summary>The index of an attribute by its name as written, ignoring case; -1 when absent.</summary>
    public int IndexOf(ReadOnlySpan<char> name)
    {
        for (var i = 0; i < _items.Count; i++)
        {
            if (_items[i].NameLength == name.Length && NameOf(i).Equals(name, StringComparison.OrdinalIgnoreCase))
                return i;
        }
        return -1;
    }

    /// <summary>Reads a whole tag, from its &lt; to its &gt; where it has one.</summary>
    public void Parse(ReadOnlyMemory<char> tag, Repairs repairs)
    {
        _tag = tag;
        _items.Clear();
        var text = tag.Span;
        var end = text.Length;
        if (text[^1] == '>')
            end--;
        SelfClosing = end > 1 && text[end - 1] == '/';
        if (SelfClosing)
            end--;

        _elementLength = NameLength(text[1..end]);
        var at = 1 + _elementLength;
        while (at < end)
        {
            var gap = at;
            at += SpaceLength(text[at..end]);
            if (at >= end)
                break;
            if (gap == at)
                repairs.Fault("attributes are not separated by white space");
            at = ParseOne(text, at, end, repairs);
        }
    }

    private int ParseOne(ReadOnlySpan<char> text, int at, int end, Repairs repairs)
    {
        var nameStart = at;
        var nameLength = NameLength(text[at..end]);
        if (nameLength == 0 || !XmlNames.StartsName(text[at]))
        {
            repairs.Fault("a tag holds something other than attributes");
            return at + Math.Max(1, nameLength);
        }
        at += nameLength;
        at += SpaceLength(text[at..end]);
        if (at >= end || text[at] != '=')
        {
            repairs.Fault("an attribute has no value");
            Add(nameStart, nameLength, at, 0, repairs);
            return at;
        }
        at++;
        at += SpaceLength(text[at..end]);
        if (at < end && text[at] is '"' or '\'')
        {
            var quote = text[at++];
            var length = text[at..end].IndexOf(quote);
            if (length < 0)
            {
                repairs.Fault("an attribute's quote was not closed");
                length = end - at;
            }
            else if (text.Slice(at, length).Contains('<'))
                repairs.Fault("a < stands in an attribute");
            Add(nameStart, nameLength, at, length, repairs);
            return Math.Min(end, at + length + 1);
        }
        repairs.Fault("an attribute's value is not quoted");
        var bare = text[at..end].IndexOfAny(Space);
        bare = bare < 0 ? end - at : bare;
        Add(nameStart, nameLength, at, bare, repairs);
        return at + bare;
    }

    private void Add(int nameStart, int nameLength, int valueStart, int valueLength, Repairs repairs)
    {
        var name = _tag.Span.Slice(nameStart, nameLength);
        for (var i = 0; i < _items.Count; i++)
        {
            if (_items[i].NameLength == nameLength && NameOf(i).SequenceEqual(name))
            {
                repairs.Fault("an attribute occurs twice; the first was taken");
                return;
            }
        }
        if (_items.Count < Most)
            _items.Add((nameStart, nameLength, valueStart, valueLength));
        else
            repairs.Note($"attributes after the first {Most} were dropped");
    }

    private static int NameLength(ReadOnlySpan<char> text)
    {
        var i = 0;
        while (i < text.Length && XmlNames.ContinuesName(text[i]))
            i++;
        return i;
    }

    private static int SpaceLength(ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExcept(Space);
        return length < 0 ? text.Length : length;
    }
}
