using System.Xml;
using AngleSharp.Html.Parser;
using IngestPipeline.Deduplication;

namespace IngestPipeline.Benchmarks;

/// <summary>The least that any program of the kind must do, done as plainly and quickly as we know how.</summary>
internal static class Yardsticks
{
    /// <summary>Words in a shingle, the common choice of the field.</summary>
    public const int ShingleWords = 5;

    private static readonly HtmlParser Parser = new();

    /// <summary>AngleSharp's parse of a page that is decoded already, its document then dropped.</summary>
    public static void BareParse(string page)
    {
        using var document = Parser.ParseDocument(page);
    }

    /// <summary>Whether the yardstick knows the feed's encoding; .NET's reader lacks the older ones.</summary>
    public static bool CanReadXml(byte[] feed)
    {
        try
        {
            BareXml(feed);
            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    /// <summary>Every node of a feed read once, nothing kept; a document type is skipped, not resolved.</summary>
    public static void BareXml(byte[] feed)
    {
        using var reader = XmlReader.Create(new MemoryStream(feed), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
        while (reader.Read())
        {
        }
    }

    /// <summary>
    /// The hashes of a document's shingles: words of letters and digits in lower case, FNV-1a each, five in a row mixed by multiplication.
    /// Returned in a list that the caller reuses.
    /// </summary>
    public static void ShingleHashes(CopyDocument document, List<ulong> hashes)
    {
        hashes.Clear();
        Span<ulong> last = stackalloc ulong[ShingleWords];
        var words = 0;
        var text = document.Text;
        for (var i = 0; i < text.Length;)
        {
            var word = 14695981039346656037UL;
            var start = i;
            for (; i < text.Length && char.IsLetterOrDigit(text[i]); i++)
                word = (word ^ char.ToLowerInvariant(text[i])) * 1099511628211UL;
            if (i == start)
            {
                i++;
                continue;
            }

            last[words++ % ShingleWords] = word;
            if (words < ShingleWords)
                continue;
            var shingle = 0UL;
            for (var k = 0; k < ShingleWords; k++)
                shingle = (shingle ^ last[(words + k) % ShingleWords]) * 0x9E3779B97F4A7C15UL;
            hashes.Add(shingle ^ (shingle >> 29));
        }
    }
}
