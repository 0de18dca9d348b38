using System.Text;
using IngestPipeline.Extraction;
using IngestPipeline.Fetching.Charsets;

namespace IngestPipeline.Tests.Extraction;

public sealed class PageDecoderTests
{
    private const string Sample = "<p>Der Bürgermeister sprach über Brücken, Flüsse und Straßen.</p>";

    [Theory]
    [InlineData("utf-8", null, "")]
    [InlineData("utf-8", "text/html; charset=UTF-8", "")]
    [InlineData("windows-1252", "text/html; charset=iso-8859-1", "")]
    [InlineData("windows-1252", null, "<meta charset=windows-1252>")]
    [InlineData("windows-1252", null, "<meta http-equiv='Content-Type' content='text/html; charset=latin1'>")]
    [InlineData("windows-1252", null, "")]
    [InlineData("utf-8", "text/html; charset=iso-8859-1", "")]
    [InlineData("windows-1252", "text/html; charset=utf-8", "")]
    [InlineData("utf-8", "text/html; charset=no-such-charset", "")]
    [InlineData("utf-8", null, "<meta charset=utf-16>")]
    [InlineData("iso-8859-15", "text/html;charset=\"iso-8859-15\"", "")]
    public void Reads_umlauts_whatever_the_label_says(string real, string? header, string meta)
    {
        var bytes = WhatwgEncodings.Find(real)!.GetBytes(meta + Sample);

        Assert.EndsWith(Sample, PageDecoder.Decode(new(bytes, ContentType: header)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Finds_a_meta_element_that_stands_late()
    {
        var page =
            "<html><head><!-- <meta charset=utf-8> --><script>" + new string('x', 5000) + "</script><meta charset='windows-1251'></head><p>Мост через реку</p>";

        Assert.Contains("Мост через реку", PageDecoder.Decode(new(WhatwgEncodings.Find("windows-1251")!.GetBytes(page))).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-16LE")]
    [InlineData("utf-16BE")]
    [InlineData("utf-8")]
    public void A_byte_order_mark_wins_over_the_header(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(Sample)];

        Assert.Equal(Sample, PageDecoder.Decode(new(bytes, ContentType: "text/html; charset=windows-1252")).Text);
    }

    [Fact]
    public void Says_that_a_label_was_wrong() =>
        Assert.NotNull(PageDecoder.Decode(new(Encoding.UTF8.GetBytes(Sample), ContentType: "text/html; charset=windows-1252")).Warning);

    [Fact]
    public void Undoes_text_that_was_encoded_twice()
    {
        var twice = Encoding.UTF8.GetBytes(WhatwgEncodings.Find("windows-1252")!.GetString(Encoding.UTF8.GetBytes(Sample)));

        Assert.Equal(Sample, PageDecoder.Decode(new(twice)).Text);
    }

    [Fact]
    public void Leaves_a_page_that_speaks_of_wrong_umlauts_alone()
    {
        const string page = "Falsch: Ã¼ Ã¶ Ã¤ ÃŸ. Richtig: ü ö ä ß – so ist es 東京.";

        Assert.Equal(page, PageDecoder.Decode(new(Encoding.UTF8.GetBytes(page))).Text);
    }

    [Fact]
    public void Cuts_a_page_over_five_megabytes_and_says_so()
    {
        var decoded = PageDecoder.Decode(new(new byte[PageDecoder.MaxBytes + 10]));

        Assert.True(decoded.Truncated);
    }
}
