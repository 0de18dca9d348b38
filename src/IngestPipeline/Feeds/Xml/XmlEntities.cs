using System.Globalization;
using System.Text;
using AngleSharp.Html;

namespace IngestPipeline.Feeds.Xml;

/// <summary>
/// Resolves references: the five of XML, numeric ones, HTML's names, and those that the document type declares as short plain text.
/// A declared value holds no reference and no markup, so that nothing expands twice.
/// </summary>
internal sealed class XmlEntities(Repairs repairs)
{
    /// <summary>No reference is longer, &amp; and ; included.</summary>
    public const int LongestReference = 40;

    /// <summary>No value is longer.</summary>
    public const int LongestValue = 32;

    private const int MostDeclared = 300;
    private const int LongestDocumentType = 1 << 16;

    private readonly Dictionary<string, string> _declared = new(StringComparer.Ordinal);

    /// <summary>Resolves the reference at the start of a text.</summary>
    /// <param name="text">Starts with &amp;.</param>
    /// <param name="value">Receives the characters: the reference's value, or the &amp; itself when it is none.</param>
    /// <param name="used">How many characters of the text they stand for.</param>
    /// <returns>How many characters were written.</returns>
    public int Resolve(ReadOnlySpan<char> text, Span<char> value, out int used)
    {
        if (text.Length > 2 && text[1] == '#')
            return ResolveNumber(text, value, out used);
        var length = 1;
        while (length < text.Length && length < LongestReference && (char.IsAsciiLetterOrDigit(text[length]) || text[length] is '_' or '.' or '-'))
            length++;
        if (length > 1 && length < text.Length && text[length] == ';' && NamedValue(text[1..length]) is { } named)
        {
            named.CopyTo(value);
            used = length + 1;
            return named.Length;
        }
        repairs.Fault("a bare & or an unknown entity stands in text");
        return Literal(value, out used);
    }

    /// <summary>An attribute's value with its references resolved and its white space made plain (XML 1.0 §3.3.3).</summary>
    public string ResolveValue(ReadOnlySpan<char> raw)
    {
        if (raw.IndexOfAny("&\n\t") < 0)
            return raw.ToString();
        var text = new StringBuilder(raw.Length);
        Span<char> value = stackalloc char[LongestValue];
        while (raw.Length > 0)
        {
            if (raw[0] == '&')
            {
                var length = Resolve(raw, value, out var used);
                text.Append(value[..length]);
                raw = raw[used..];
                continue;
            }
            var run = raw.IndexOf('&');
            run = run < 0 ? raw.Length : run;
            text.Append(raw[..run]).Replace('\n', ' ', text.Length - run, run).Replace('\t', ' ', text.Length - run, run);
            raw = raw[run..];
        }
        return text.ToString();
    }

    /// <summary>Goes past a document type declaration and keeps the plain entities of its internal subset.</summary>
    /// <param name="next">Gives the document's characters from the declaration's &lt; on; NUL at its end.</param>
    public void SkipDocumentType(Func<char> next)
    {
        var text = new StringBuilder();
        var quote = '\0';
        var brackets = 0;
        var tags = 0;
        var comment = false;
        // The three characters before, to know the marks of a comment by.
        var (third, second, first) = ('\0', '\0', '\0');
        while (next() is not '\0' and var c)
        {
            if (text.Length < LongestDocumentType)
                text.Append(c);
            else
                repairs.Note("a long document type was not read to its end");
            if (comment)
                comment = !(c == '>' && second == '-' && first == '-');
            else if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'')
                quote = c;
            else if (c == '[')
                brackets++;
            else if (c == ']')
                brackets--;
            else if (c == '<')
                tags++;
            else if (c == '-' && third == '<' && second == '!' && first == '-')
                (comment, tags) = (true, tags - 1);
            else if (c == '>' && --tags <= 0 && brackets <= 0)
            {
                Declare(text.ToString());
                return;
            }
            (third, second, first) = (second, first, c);
        }
        repairs.CutOff("the document ends inside its document type");
    }

    private void Declare(string documentType)
    {
        foreach (var part in documentType.Split("<!ENTITY").Skip(1).Take(MostDeclared))
        {
            var words = part.Split([' ', '\t', '\n'], 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words.Length < 2)
                continue;
            var literal = part[(part.IndexOf(words[0], StringComparison.Ordinal) + words[0].Length)..].Trim();
            if (literal.Length < 2 || literal[0] is not ('"' or '\''))
                continue;
            var close = literal.IndexOf(literal[0], 1);
            if (close > 0 && PlainValue(literal[1..close]) is { } value)
                _declared.TryAdd(words[0], value);
        }
    }

    /// <summary>The value when it is short plain text or one numeric reference; null when it could expand or hold markup.</summary>
    private string? PlainValue(string literal)
    {
        if (literal.Length > LongestValue)
            return null;
        if (!literal.AsSpan().ContainsAny("&<%"))
            return literal;
        Span<char> value = stackalloc char[LongestValue];
        return literal.StartsWith("&#", StringComparison.Ordinal) && ResolveNumber(literal, value, out var used) is var length && used == literal.Length
            && value[0] is not ('<' or '&')
            ? value[..length].ToString()
            : null;
    }

    private string? NamedValue(ReadOnlySpan<char> name)
    {
        switch (name)
        {
            case "lt": return "<";
            case "gt": return ">";
            case "amp": return "&";
            case "quot": return "\"";
            case "apos": return "'";
        }
        var key = name.ToString();
        if (_declared.TryGetValue(key, out var declared))
            return declared;
        if (HtmlEntityProvider.Resolver.GetSymbol(key + ";") is not { } html)
            return null;
        repairs.Fault("HTML entities that the document does not declare were resolved");
        return html;
    }

    private int ResolveNumber(ReadOnlySpan<char> text, Span<char> value, out int used)
    {
        var hex = text[2] is 'x' or 'X';
        if (text[2] == 'X')
            repairs.Fault("a numeric reference is not well formed");
        var start = hex ? 3 : 2;
        var end = start;
        var code = 0;
        while (end < text.Length && (hex ? char.IsAsciiHexDigit(text[end]) : char.IsAsciiDigit(text[end])))
        {
            code = Math.Min(0x110000, code * (hex ? 16 : 10) + int.Parse(text.Slice(end, 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            end++;
        }
        if (end == start)
        {
            repairs.Fault("a bare & or an unknown entity stands in text");
            return Literal(value, out used);
        }
        used = end;
        if (end < text.Length && text[end] == ';')
            used++;
        else
            repairs.Fault("a numeric reference is not well formed");

        if (code is >= 0x80 and <= 0x9F)
            code = CharSource.FromC1((char)code);
        if (!Rune.IsValid(code) || code < 0x20 && code is not (9 or 10 or 13) || code is 0xFFFE or 0xFFFF)
        {
            repairs.Fault("references to characters that XML forbids were dropped");
            return 0;
        }
        return new Rune(code).EncodeToUtf16(value);
    }

    private static int Literal(Span<char> value, out int used)
    {
        value[0] = '&';
        used = 1;
        return 1;
    }
}
