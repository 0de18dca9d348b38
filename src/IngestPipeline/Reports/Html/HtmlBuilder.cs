using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace IngestPipeline.Reports.Html;

/// <summary>
/// Builds a page from interpolated strings: what stands in the source is markup, what stands in a hole is text and is encoded. So no title,
/// name or address from outside can become markup, and there is no place where encoding could be forgotten.
/// </summary>
internal sealed class HtmlBuilder
{
    private readonly StringBuilder _html = new(8 * 1024);

    /// <summary>Adds a template; its holes are encoded for text and for attributes in double quotes.</summary>
    public HtmlBuilder Add([InterpolatedStringHandlerArgument("")] ref HtmlTemplate template) => this;

    /// <summary>Adds markup that stands in the source.</summary>
    public HtmlBuilder Add(string constant)
    {
        _html.Append(constant);
        return this;
    }

    /// <summary>Empties the page, to write the next one into the same memory.</summary>
    public void Clear() => _html.Clear();

    public byte[] ToUtf8()
    {
        var length = 0;
        foreach (var chunk in _html.GetChunks())
            length += Encoding.UTF8.GetByteCount(chunk.Span);
        var bytes = new byte[length];
        var at = 0;
        foreach (var chunk in _html.GetChunks())
            at += Encoding.UTF8.GetBytes(chunk.Span, bytes.AsSpan(at));
        return bytes;
    }

    public override string ToString() => _html.ToString();

    internal void Raw(string markup) => _html.Append(markup);

    internal void Number(long number) => _html.Append(CultureInfo.InvariantCulture, $"{number:#,0}");

    /// <summary>
    /// Encodes text. Lone surrogates and control characters, which HTML has no way to write, become U+FFFD, as do the marks that turn the direction of what
    /// follows: a headline could use them to show another name than it has.
    /// </summary>
    internal void Encode(ReadOnlySpan<char> text)
    {
        while (true)
        {
            var at = IndexOfSpecial(text);
            if (at < 0)
            {
                _html.Append(text);
                return;
            }

            _html.Append(text[..at]);
            var c = text[at];
            if (char.IsHighSurrogate(c) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
            {
                // Appended as one: a chunk's end must not part the pair, as each chunk is encoded alone.
                AppendPair(c, text[at + 1]);
                text = text[(at + 2)..];
                continue;
            }

            _html.Append(c switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                _ => "\uFFFD",
            });
            text = text[(at + 1)..];
        }
    }

    private void AppendPair(char high, char low) => _html.Append(CultureInfo.InvariantCulture, $"&#x{char.ConvertToUtf32(high, low):X};");

    private static int IndexOfSpecial(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '&' or '<' or '>' or '"' or '\''
                || char.IsSurrogate(c)
                || (c < ' ' && c is not ('\n' or '\t'))
                || c is >= '\u007F' and <= '\u009F' or >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' or '\uFFFE' or '\uFFFF')
                return i;
        }

        return -1;
    }
}
