using System.Text;
using IngestPipeline.Feeds;
using IngestPipeline.Fetching.Charsets;

namespace IngestPipeline.Tests.Feeds;

public sealed class FeedCharsetTests
{
    [Theory]
    [InlineData("windows-1251", "Новости", "<?xml version=\"1.0\" encoding=\"windows-1251\"?>", null)]
    [InlineData("windows-1251", "Новости", "", "text/xml; charset=windows-1251")]
    [InlineData("windows-1251", "Новости", "<?xml version=\"1.0\" encoding=\"koi8-r\"?>", "application/rss+xml;charset='windows-1251'")]
    [InlineData("koi8-r", "Новости", "<?xml version='1.0' encoding = 'KOI8-R' ?>", "text/xml")]
    [InlineData("utf-8", "Новости", "<?xml version=\"1.0\" encoding=\"no-such\"?>", null)]
    [InlineData("utf-8", "Новости", "<?xml version=\"1.0\" encoding=\"utf-16\"?>", null)]
    [InlineData("utf-8", "Новости дня", "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>", null)]
    [InlineData("utf-8", "Новости", "", "text/xml; charset=us-ascii")]
    [InlineData("utf-8", "Новости", "", "text/xml; charset:iso-8859-1")]
    [InlineData("iso-8859-1", "café", "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>", "text/xml; charset=utf-8")]
    [InlineData("gb2312", "新闻", "<?xml version=\"1.0\" encoding=\"gb2312\"?>", null)]
    [InlineData("euc-kr", "뉴스", "<?xml version=\"1.0\" encoding=\"EUC_KR\"?>", null)]
    public void The_label_that_fits_the_bytes_decides(string actual, string text, string declaration, string? contentType)
    {
        var bytes = WhatwgEncodings.Find(actual)!.GetBytes($"{declaration}<rss><channel><title>{text}</title></channel></rss>");

        Assert.Equal(text, Documents.Read(bytes, contentType: contentType).Feed.Title);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("utf-32BE")]
    public void Unicode_is_known_with_a_byte_order_mark_and_without(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        var text = encoding.GetBytes("<rss><channel><title>Новости</title></channel></rss>");

        Assert.Equal("Новости", Documents.Read([.. encoding.GetPreamble(), .. text]).Feed.Title);
        Assert.Equal("Новости", Documents.Read(text).Feed.Title);
    }

    [Theory]
    [InlineData("cp437", 0x80, "Ç")]
    [InlineData("IBM850", 0x80, "Ç")]
    [InlineData("dos-862", 0x80, "א")]
    [InlineData("iso_8859-15:1999", 0xE9, "é")]
    [InlineData("latin-1", 0xE9, "é")]
    [InlineData("hp-roman8", 0xC5, "é")]
    [InlineData("x-mac-roman", 0x80, "Ä")]
    [InlineData("windows_1250", 0xE8, "č")]
    [InlineData("mac_greek", 0x81, "¹")]
    [InlineData("kz1048", 0x80, "Ђ")]
    public void Old_and_oddly_written_labels_are_known(string label, byte value, string expected)
    {
        byte[] bytes =
            [.. Encoding.ASCII.GetBytes($"<?xml version=\"1.0\" encoding=\"{label}\"?><rss><channel><title>"), value, .. "</title></channel></rss>"u8];

        Assert.Equal(expected, Documents.Read(bytes).Feed.Title);
    }

    [Theory]
    [InlineData("windows-1251", "Сегодня в столице прошла встреча министров.")]
    [InlineData("koi8-r", "Сегодня в столице прошла встреча министров.")]
    [InlineData("windows-1253", "Η κυβέρνηση ανακοίνωσε νέα μέτρα για την οικονομία.")]
    [InlineData("windows-1255", "הממשלה הודיעה היום על צעדים חדשים")]
    [InlineData("windows-1256", "أعلنت الحكومة اليوم عن خطة جديدة")]
    [InlineData("windows-874", "รัฐบาลประกาศมาตรการใหม่")]
    [InlineData("shift_jis", "政府は今日、新しい対策を発表しました。")]
    [InlineData("euc-jp", "政府は今日、新しい対策を発表しました。")]
    [InlineData("gb18030", "政府今天宣布了新的经济政策。")]
    [InlineData("big5", "政府今天宣布了新的經濟政策。")]
    [InlineData("euc-kr", "정부는 오늘 새로운 대책을 발표했다.")]
    [InlineData("windows-1252", "Le gouvernement a annoncé l’été")]
    [InlineData("windows-1250", "Vláda dnes oznámila nová opatření na podporu zaměstnanosti")]
    public void Unlabelled_text_is_guessed_and_said(string actual, string text)
    {
        var result = Documents.Read(WhatwgEncodings.Find(actual)!.GetBytes($"<rss><channel><title>{text}</title></channel></rss>"));

        Assert.Equal(text, result.Feed.Title);
        Assert.Contains(result.Repairs, r => r.StartsWith("the bytes are not UTF-8", StringComparison.Ordinal));
        Assert.False(result.WellFormed);
    }

    [Fact]
    public void A_few_stray_bytes_in_utf_8_are_read_as_windows_1252()
    {
        byte[] bytes = [.. "<rss><channel><title>Zürich – "u8, 0x93, 0xE9, .. "é</title></channel></rss>"u8];

        var result = Documents.Read(bytes);

        Assert.Equal("Zürich – “éé", result.Feed.Title);
        Assert.Contains("bytes that are not UTF-8 were read as windows-1252", result.Repairs);
    }

    [Theory]
    [InlineData(8_191)]
    [InlineData(8_192)]
    [InlineData(16_383)]
    [InlineData(40_000)]
    public void Characters_and_line_ends_survive_the_readers_pieces(int length)
    {
        var text = string.Concat(Enumerable.Range(0, length / 4).Select(i => i % 3 == 0 ? "é\r\n" : i % 3 == 1 ? "𝄞x" : "a\rb"));

        var title = Documents.Read($"<rss><channel><title>.{text}.</title></channel></rss>").Feed.Title;

        Assert.Equal($".{text}.".Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n'), title);
    }

    [Fact]
    public void Windows_1252_controls_are_the_characters_they_were_meant_to_be() =>
        Assert.Equal("don’t – don’t", Documents.Channel("<title>don&#146;t \u0096 don\u0092t</title>").Feed.Title);
}
