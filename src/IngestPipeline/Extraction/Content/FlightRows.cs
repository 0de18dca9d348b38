using System.Globalization;
using System.Text;

namespace IngestPipeline.Extraction.Content;

/// <summary>
/// The stream that a page of React's server components is built from: it comes in pieces, cut anywhere, each in a call of its own. Its rows are data, a line
/// each, and texts of a stated length: <c>2a:T5dc,&lt;p&gt;…</c>.
/// </summary>
internal static class FlightRows
{
    private const string Push = ".push([1,\"";
    private const string Mark = "__next_f";
    private const int MaxStream = 4 * 1024 * 1024;
    private const int MaxRows = 20_000;

    /// <summary>The stream's data and its texts; null where the page has none.</summary>
    public static (string Data, List<string> Texts)? Read(IEnumerable<ReadOnlyMemory<char>> scripts)
    {
        StringBuilder? stream = null;
        foreach (var script in scripts)
        {
            var text = script.Span;
            if (text.IndexOf(Mark, StringComparison.Ordinal) < 0 || text.IndexOf(Push, StringComparison.Ordinal) is not (>= 0 and var at))
                continue;
            var from = at + Push.Length;
            if (JsonStrings.End(text, '"', from) is >= 0 and var end && (stream?.Length ?? 0) + end - from <= MaxStream)
                (stream ??= new()).Append(JsonStrings.Unescape(text[from..end]));
        }

        return stream is null ? null : Rows(stream.ToString());
    }

    private static (string Data, List<string> Texts) Rows(string stream)
    {
        var (data, texts) = (new StringBuilder(stream.Length), new List<string>());
        var at = 0;
        for (var row = 0; at < stream.Length && row < MaxRows; row++)
        {
            var rest = stream.AsSpan(at);
            if (TextStart(rest, out var bytes) is > 0 and var start)
            {
                var length = Take(rest[start..], bytes);
                texts.Add(rest.Slice(start, length).ToString());
                at += start + length;
                continue;
            }

            var line = rest.IndexOf('\n') is >= 0 and var end ? end + 1 : rest.Length;
            data.Append(rest[..line]);
            at += line;
        }

        return (data.ToString(), texts);
    }

    /// <summary>Where the text of a row begins; 0 for a row of data.</summary>
    private static int TextStart(ReadOnlySpan<char> row, out int bytes)
    {
        bytes = 0;
        var head = row[..Math.Min(row.Length, 24)];
        var (colon, comma) = (head.IndexOf(":T", StringComparison.Ordinal), head.IndexOf(','));
        return colon > 0 && comma > colon + 2 && int.TryParse(head[..colon], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _)
            && int.TryParse(head[(colon + 2)..comma], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes) && bytes > 0 ? comma + 1 : 0;
    }

    /// <summary>How many characters make so many bytes of UTF-8.</summary>
    private static int Take(ReadOnlySpan<char> text, int bytes)
    {
        var i = 0;
        while (i < text.Length && bytes > 0)
        {
            // Each half of a pair makes two of its four bytes.
            bytes -= text[i] < 0x80 ? 1 : text[i] < 0x800 || char.IsSurrogate(text[i]) ? 2 : 3;
            i++;
        }

        return i;
    }
}
