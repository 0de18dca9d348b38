using System.Text;
using IngestPipeline.Extraction;
using IngestPipeline.Fetching.Charsets;

namespace IngestPipeline.Tests.Extraction;

/// <summary>Seeded pages with labels and bytes that do not fit: a charset is always settled on, the same one twice, and ASCII survives it.</summary>
public sealed class PageDecoderFuzzTests
{
    private static readonly string[] Labels = ["utf-8", "UTF8", "iso-8859-1", "latin1", "windows-1251", "shift_jis", "euc-kr", "gb18030", "big5", "utf-16", "utf-16le", "utf-7", "x-user-defined", "replacement", "none", "\"utf-8", "utf-8;;", "", "ÿ"];

    private static readonly string[] Texts = ["Zürich", "Москва", "東京", "서울", "naïve café", "plain", "Ð¡Ð»Ð¾Ð²Ð¾", "\uFEFF", "\0", "«»", "𝄞"];

    [Fact]
    public void Any_bytes_decode_to_text_under_a_known_name()
    {
        var random = new Random(3);
        string Label() => Labels[random.Next(Labels.Length)];
        for (var run = 0; run < FuzzRuns.Of(4_000); run++)
        {
            var text = "<html><head>" + (random.Next(3) == 0 ? "<!-- " + new string('x', random.Next(1_100)) + " -->" : "")
                + (random.Next(2) == 0 ? $"<meta charset={Label()}>" : $"<meta http-equiv=\"content-type\" content=\"text/html; charset={Label()}\">")
                + "</head><p>marker-of-ascii</p>" + string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => Texts[random.Next(Texts.Length)]));
            var encoding = WhatwgEncodings.Find(Label()) ?? Encoding.UTF8;
            var bytes = encoding.GetBytes(text);
            var isWhole = true;
            for (var i = random.Next(4) == 0 ? random.Next(8) : 0; i > 0; i--)
                (bytes[random.Next(bytes.Length)], isWhole) = ((byte)random.Next(256), false);
            var page = new PageInput(
                bytes.AsMemory(0, random.Next(10) == 0 ? random.Next(bytes.Length) : bytes.Length), null,
                random.Next(2) == 0 ? null : "text/html; charset=" + Label());

            using var decoded = PageDecoder.Decode(page);
            Assert.NotNull(WhatwgEncodings.Find(decoded.Charset));
            using var again = PageDecoder.Decode(page);
            Assert.Equal((decoded.Text, decoded.Charset, decoded.Truncated, decoded.Warning), (again.Text, again.Charset, again.Truncated, again.Warning));
            if (isWhole
                && page.Body.Length == bytes.Length
                && bytes.AsSpan().IndexOf("marker-of-ascii"u8) >= 0
                && !decoded.Charset.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase))
                Assert.Contains("marker-of-ascii", decoded.Text, StringComparison.Ordinal);
        }
    }
}
