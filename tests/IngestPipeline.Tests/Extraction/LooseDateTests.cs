using FsCheck;
using FsCheck.Fluent;
using IngestPipeline.Extraction;

namespace IngestPipeline.Tests.Extraction;

public sealed class LooseDateTests
{
    [Theory]
    [InlineData("2026-03-14", "2026-03-14")]
    [InlineData("2026-03-14T09:30:00Z", "2026-03-14T09:30:00Z")]
    [InlineData("2026-03-14T09:30:00.1234567+05:30", "2026-03-14T09:30:00+05:30")]
    [InlineData("2026-03-14T09:30:00-0500", "2026-03-14T09:30:00-05:00")]
    [InlineData("2026-03-14 09:30:00 UTC", "2026-03-14T09:30:00Z")]
    [InlineData("20260314", "2026-03-14")]
    [InlineData("Sat, 14 Mar 2026 09:30:00 GMT", "2026-03-14T09:30:00Z")]
    [InlineData("Sat Mar 14 09:30:00 CET 2026", "2026-03-14T09:30:00+01:00")]
    [InlineData("1773480600", "2026-03-14T09:30:00Z")]
    [InlineData("1773480600000", "2026-03-14T09:30:00Z")]
    [InlineData("14.03.2026, 9.30 Uhr", "2026-03-14T09:30:00")]
    [InlineData("Stand: 14.3.26", "2026-03-14")]
    [InlineData("14/03/2026 - 9h30", "2026-03-14T09:30:00")]
    [InlineData("Published March 14th, 2026 at 9:30 p.m. EST", "2026-03-14T21:30:00-05:00")]
    [InlineData("9:30 AM ET, Sat March 14, 2026", "2026-03-14T09:30:00-04:00")]
    [InlineData("14-Mar-26", "2026-03-14")]
    [InlineData("4.3.26", "2026-03-04")]
    [InlineData("4-Mar-26", "2026-03-04")]
    [InlineData("4 March '26", "2026-03-04")]
    [InlineData("Samstag, 14. März 2026", "2026-03-14")]
    [InlineData("le 1er août 2026 à 14h05", "2026-08-01T14:05:00")]
    [InlineData("14 de marzo de 2026", "2026-03-14")]
    [InlineData("sábado, 14 de março de 2026 às 09:30", "2026-03-14T09:30:00")]
    [InlineData("14 marzo 2026 ore 9:30", "2026-03-14T09:30:00")]
    [InlineData("za 14 maart 2026", "2026-03-14")]
    [InlineData("14 mars 2026 kl. 09:30", "2026-03-14T09:30:00")]
    [InlineData("14 marca 2026", "2026-03-14")]
    [InlineData("14. března 2026", "2026-03-14")]
    [InlineData("2026. március 14. 9:30", "2026-03-14T09:30:00")]
    [InlineData("2026. gada 14. martā", "2026-03-14")]
    [InlineData("2026 m. kovo 14 d.", "2026-03-14")]
    [InlineData("14 марта 2026 г., 09:30", "2026-03-14T09:30:00")]
    [InlineData("14 березня 2026 року", "2026-03-14")]
    [InlineData("14 Μαρτίου 2026", "2026-03-14")]
    [InlineData("14 Mart 2026 Cumartesi 09:30", "2026-03-14T09:30:00")]
    [InlineData("Sabtu, 14 Maret 2026 | 09:30 WIB", "2026-03-14T09:30:00+07:00")]
    [InlineData("ngày 14 tháng 3 năm 2026", "2026-03-14")]
    [InlineData("2026年3月14日 9時30分", "2026-03-14T09:30:00")]
    [InlineData("2026년 3월 14일 09:30", "2026-03-14T09:30:00")]
    [InlineData("السبت ١٤ مارس ٢٠٢٦", "2026-03-14")]
    [InlineData("14 آذار 2026", "2026-03-14")]
    [InlineData("14 تشرين الثاني 2026", "2026-11-14")]
    [InlineData("14 במרץ 2026", "2026-03-14")]
    [InlineData("14 मार्च 2026", "2026-03-14")]
    [InlineData("১৪ মার্চ ২০২৬", "2026-03-14")]
    [InlineData("14 มีนาคม 2569", "2026-03-14")]
    [InlineData("14 มี.ค. 2569", "2026-03-14")]
    [InlineData("14 มี.ค. 69 09:30 น.", "2026-03-14T09:30:00")]
    [InlineData("令和8年3月14日", "2026-03-14")]
    [InlineData("平成31年4月30日", "2019-04-30")]
    [InlineData("中華民國115年3月14日", "2026-03-14")]
    [InlineData("14ης Μαρτίου 2026", "2026-03-14")]
    [InlineData("le 14ème mars 2026", "2026-03-14")]
    [InlineData("the 14th day of March 2026", "2026-03-14")]
    [InlineData("14·03·2026", "2026-03-14")]
    [InlineData("۱۴۰۴/۱۲/۲۳", "2026-03-14")]
    // What hour "ET" is depends on the day; a zone may stand behind the date; offsets and fractions are written carelessly.
    [InlineData("Oct 14, 2026 9:27 AM ET", "2026-10-14T09:27:00-04:00")]
    [InlineData("Nov 1, 2026 9:27 AM PT", "2026-11-01T09:27:00-08:00")]
    [InlineData("Oct 30, 2006 9:27 AM CT", "2006-10-30T09:27:00-06:00")]
    [InlineData("22:00, 11 July 2026 BST", "2026-07-11T22:00:00+01:00")]
    [InlineData("2026-10-29T10:15-500", "2026-10-29T10:15:00-05:00")]
    [InlineData("2026-01-10T22:06:08:684Z", "2026-01-10T22:06:08Z")]
    // Halves of the day in other languages, behind the clock or before it.
    [InlineData("14 Μαρτίου 2026, 3:48 μ.μ.", "2026-03-14T15:48:00")]
    [InlineData("14 Μαρτίου 2026 11:48 πμ", "2026-03-14T11:48:00")]
    [InlineData("2026년 3월 14일 오후 3:48", "2026-03-14T15:48:00")]
    [InlineData("2026年3月14日 下午3:48", "2026-03-14T15:48:00")]
    [InlineData("2026年3月14日 午前0時5分", "2026-03-14T00:05:00")]
    [InlineData("14 مارس 2026 - 03:48 م", "2026-03-14T15:48:00")]
    [InlineData("14 मार्च 2026, 03:48 अपराह्न", "2026-03-14T15:48:00")]
    [InlineData("14/03/2026 03:48 CH", "2026-03-14T15:48:00")]
    [InlineData("14 Mart 2026 03:48 ÖS", "2026-03-14T15:48:00")]
    [InlineData("14 de marzo de 2026 3:48 p. m.", "2026-03-14T15:48:00")]
    [InlineData("14 Mac 2026 19:48 malam", "2026-03-14T19:48:00")]
    [InlineData("2026ko martxoaren 14a, 09:30", "2026-03-14T09:30:00")]
    [InlineData("2026ko martxoak 14", "2026-03-14")]
    public void Reads_a_date_in_any_form(string text, string expected)
    {
        Assert.True(LooseDate.TryParse(text, out var date));
        Assert.Equal(expected, date.ToString());
    }

    [Theory]
    [InlineData("03/04/2026", "en-US", "2026-03-04")]
    [InlineData("03/04/2026", "en-GB", "2026-04-03")]
    [InlineData("03/04/2026", null, "2026-04-03")]
    [InlineData("03/14/2026", "de", "2026-03-14")]
    [InlineData("14 listopada 2026", "hr", "2026-10-14")]
    [InlineData("14 listopada 2026", "pl", "2026-11-14")]
    public void Settles_a_doubtful_date_by_the_language(string text, string? locale, string expected)
    {
        Assert.True(LooseDate.TryParse(text, locale, out var date));
        Assert.Equal(expected, date.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("March 14")]
    [InlineData("2 hours ago")]
    [InlineData("31.02.2026")]
    [InlineData("version 3.14.2026.1-beta4.5.6")]
    [InlineData("may be 20 of 30")]
    [InlineData("192.168.10.20")]
    public void Claims_no_date_where_there_is_none(string? text) => Assert.False(LooseDate.TryParse(text, out _));

    [Fact]
    public void Reads_back_what_it_writes()
    {
        var dates = from days in Gen.Choose(0, 40_000)
                    from minutes in Gen.Choose(0, (24 * 60) - 1)
                    from offset in Gen.Choose(-48, 56)
                    select new ArticleDate(new DateOnly(1990, 1, 1).AddDays(days), new TimeOnly(minutes / 60, minutes % 60), TimeSpan.FromMinutes(offset * 15));

        Prop.ForAll(dates.ToArbitrary(), date => LooseDate.TryParse(date.ToString(), out var read) && read == date).Hold();
    }

    [Fact]
    public void Never_throws_on_damaged_text()
    {
        string[] parts = ["14", ".", "März", " ", "2026", "-", "T", "09:30", "+", "年", "p.m", "'", "\ud800", "٣", "de", "99999999999", "0", "/", "th"];
        var random = new Random(20260314);
        for (var i = 0; i < FuzzRuns.Of(20_000); i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => parts[random.Next(parts.Length)]));
            _ = LooseDate.TryParse(text, out var date) && date.ToString().Length > 0;
        }
    }
}
