using System.Globalization;
using System.Text;

namespace IngestPipeline.Extraction.StructuredData;

/// <summary>
/// Reads JSON as pages write it, in one pass and without failing: raw line breaks and inner quotes in strings, missing and
/// trailing commas, comments, bare keys, single quotes, several values in a row, a file cut short. What RFC 8259 allows is read as it says.
/// </summary>
internal ref struct LooseJsonReader
{
    /// <summary>Deepest nesting that is read; what lies deeper ends the reading.</summary>
    public const int MaxDepth = 64;

    /// <summary>Most values that are read from one text.</summary>
    public const int MaxValues = 100_000;

    private readonly ReadOnlySpan<char> _text;
    private int _at;
    private int _values;
    private bool _stopped;

    private LooseJsonReader(ReadOnlySpan<char> text) => _text = text;

    /// <summary>The objects and arrays that stand at the top of the text, in order; what stands around them is passed over.</summary>
    public static IReadOnlyList<JsonValue> ReadAll(ReadOnlySpan<char> text)
    {
        var reader = new LooseJsonReader(text);
        var values = new List<JsonValue>();
        while (!reader._stopped && reader.SkipToContainer())
            values.Add(reader.ReadValue(0));
        return values;
    }

    private bool SkipToContainer()
    {
        while (_text[_at..].IndexOfAny('{', '[', '<') is var step and >= 0)
        {
            _at += step;
            if (_text[_at] != '<')
                return true;

            // "[CDATA[" opens no array.
            _at += _text[_at..].StartsWith("<![CDATA[") ? "<![CDATA[".Length : 1;
        }

        _at = _text.Length;
        return false;
    }

    private JsonValue ReadValue(int depth)
    {
        if (depth > MaxDepth || ++_values > MaxValues)
        {
            _stopped = true;
            return JsonValue.Null;
        }

        SkipSpace();
        return Peek() switch
        {
            '{' => ReadObject(depth),
            '[' => ReadArray(depth),
            '"' or '\'' => JsonValue.OfText(ReadString(isKey: false)),
            _ => JsonValue.OfLiteral(ReadBare()),
        };
    }

    private JsonValue ReadObject(int depth)
    {
        var members = new List<KeyValuePair<string, JsonValue>>();
        _at++;
        while (!_stopped)
        {
            SkipSpaceAnd(',');
            if (_at >= _text.Length || Peek() is ']')
                break;

            if (Peek() is '}')
            {
                _at++;
                break;
            }

            var start = _at;
            var key = Peek() is '"' or '\'' ? ReadString(isKey: true) : ReadBare();
            SkipSpace();
            if (Peek() is ':')
            {
                _at++;
                members.Add(new(key, ReadValue(depth + 1)));
            }
            else if (Peek() is '{' or '[')
            {
                // A stray container in an object: read and dropped.
                ReadValue(depth + 1);
            }

            if (_at == start)
                _at++;
        }

        return JsonValue.OfObject(members);
    }

    private JsonValue ReadArray(int depth)
    {
        var items = new List<JsonValue>();
        _at++;
        while (!_stopped)
        {
            SkipSpaceAnd(',');
            if (_at >= _text.Length || Peek() is '}')
                break;

            if (Peek() is ']')
            {
                _at++;
                break;
            }

            var start = _at;
            items.Add(ReadValue(depth + 1));
            if (_at == start)
                _at++;
        }

        return JsonValue.OfArray(items);
    }

    private string ReadString(bool isKey)
    {
        var quote = _text[_at++];
        var rest = _text[_at..];
        var plain = rest.IndexOfAny(quote, '\\');
        if (plain >= 0 && rest[plain] == quote && LooseQuote.Closes(_text, _at + plain, isKey))
        {
            _at += plain + 1;
            return rest[..plain].ToString();
        }

        var builder = new StringBuilder();
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (c == quote && LooseQuote.Closes(_text, _at, isKey))
            {
                _at++;
                break;
            }

            if (c == '\\' && _at + 1 < _text.Length)
            {
                AppendEscape(builder);
                continue;
            }

            builder.Append(c);
            _at++;
        }

        return builder.ToString();
    }

    private void AppendEscape(StringBuilder builder)
    {
        var c = _text[_at + 1];
        _at += 2;
        switch (c)
        {
            case 'n': builder.Append('\n'); break;
            case 'r': builder.Append('\r'); break;
            case 't': builder.Append('\t'); break;
            case 'b' or 'f': builder.Append(' '); break;
            case 'u' when _at + 4 <= _text.Length
                && ushort.TryParse(_text.Slice(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                builder.Append((char)code);
                _at += 4;
                break;
            default: builder.Append(c); break;
        }
    }

    private string ReadBare()
    {
        var start = _at;
        while (_at < _text.Length && _text[_at] is not (',' or ':' or '}' or ']' or '{' or '[' or '"' or '\n'))
            _at++;
        return _text[start.._at].Trim().ToString();
    }

    private readonly char Peek() => _at < _text.Length ? _text[_at] : '\0';

    private void SkipSpaceAnd(char separator)
    {
        SkipSpace();
        while (Peek() == separator)
        {
            _at++;
            SkipSpace();
        }
    }

    private void SkipSpace()
    {
        while (_at < _text.Length)
        {
            var rest = _text[_at..];
            if (char.IsWhiteSpace(rest[0]) || rest[0] is '\uFEFF' or '\u200B' or '\0')
                _at++;
            else if (rest.StartsWith("//"))
                _at += LengthTo(rest, "\n");
            else if (rest.StartsWith("/*"))
                _at += LengthTo(rest, "*/");
            else if (rest.StartsWith("<!--"))
                _at += LengthTo(rest, "-->");
            else
                return;
        }
    }

    private static int LengthTo(ReadOnlySpan<char> rest, string end) =>
        rest.IndexOf(end, StringComparison.Ordinal) is var at and >= 0 ? at + end.Length : rest.Length;
}
