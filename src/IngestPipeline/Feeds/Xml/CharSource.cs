using System.Buffers;
using System.Text;

namespace IngestPipeline.Feeds.Xml;

/// <summary>
/// Decodes a document piece by piece and cleans it: line ends become \n (XML 1.0 §2.11), characters that XML forbids (§2.2) are dropped,
/// and the C1 controls become the windows-1252 characters that their writers meant.
/// </summary>
internal sealed class CharSource(ReadOnlyMemory<byte> bytes, Encoding encoding, Repairs repairs)
{
    // What windows-1252 has in 0x80 to 0x9F (https://encoding.spec.whatwg.org/index-windows-1252.txt).
    private const string C1 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

    private static readonly SearchValues<char> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Where(c => c is not ('\t' or '\n')).Select(c => (char)c)]);

    private const int Window = 256;

    private readonly Decoder _decoder = encoding.GetDecoder();
    private int _position;
    private bool _flushed;
    private bool _afterCarriageReturn;

    /// <summary>The windows-1252 character of a code in 0x80 to 0x9F, else the character itself.</summary>
    public static char FromC1(char c) => c is >= '\x80' and <= '\x9F' ? C1[c - 0x80] : c;

    /// <summary>Fills a part of the buffer.</summary>
    /// <returns>How many characters were written; 0 only at the end of the document.</returns>
    public int Read(Span<char> buffer)
    {
        while (true)
        {
            if (_position == bytes.Length && _flushed)
                return 0;
            var flush = false;
            var input = bytes.Span[_position..];
            // Bounded steps keep the decoder's work proportional to the buffer.
            if (input.Length > buffer.Length)
                input = input[..buffer.Length];
            else
                flush = true;
            _decoder.Convert(input, buffer, flush, out var used, out var written, out var completed);
            _position += used;
            _flushed = flush && completed;
            if (Clean(buffer[..written]) is var clean and > 0)
                return clean;
            if (used == 0 && written == 0 && _flushed)
                return 0;
        }
    }

    private int Clean(Span<char> text)
    {
        if (text.Length > 0 && _afterCarriageReturn && text[0] == '\n')
            text[0] = '\r';
        else if (text.Length > 0)
            _afterCarriageReturn = false;
        var first = IndexOfUnclean(text);
        if (first < 0)
            return text.Length;

        var to = first;
        for (var from = first; from < text.Length;)
        {
            // A small window, so that a text full of them is still searched but once.
            var window = text.Slice(from, Math.Min(Window, text.Length - from));
            var run = IndexOfUnclean(window) is >= 0 and var found ? found : window.Length;
            window[..run].CopyTo(text[to..]);
            from += run;
            to += run;
            if (run == window.Length)
                continue;

            var c = text[from++];
            if (c == '\r')
                to = CarriageReturn(text, from, to);
            else if (c is >= '\x7F' and <= '\x9F')
                text[to++] = FromC1(c);
            else
                repairs.Fault("characters that XML forbids were dropped");
        }
        return to;
    }

    // Three searches, each many characters at a time, are quicker than one for so mixed a set.
    private static int IndexOfUnclean(ReadOnlySpan<char> text)
    {
        var first = -1;
        Narrow(text.IndexOfAny(Controls), ref text, ref first);
        Narrow(text.IndexOfAnyInRange('\x7F', '\x9F'), ref text, ref first);
        Narrow(text.IndexOfAnyInRange('\uFFFE', '\uFFFF'), ref text, ref first);
        return first;

        static void Narrow(int found, ref ReadOnlySpan<char> text, ref int first)
        {
            if (found < 0)
                return;
            first = found;
            text = text[..found];
        }
    }

    private int CarriageReturn(Span<char> text, int next, int to)
    {
        // The \n that followed in the next piece was turned into a \r above: drop it.
        if (_afterCarriageReturn && next == 1)
        {
            _afterCarriageReturn = false;
            return to;
        }
        _afterCarriageReturn = next == text.Length;
        if (next == text.Length || text[next] != '\n')
            text[to++] = '\n';
        return to;
    }
}
