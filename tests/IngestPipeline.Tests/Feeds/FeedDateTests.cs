using System.Globalization;
using IngestPipeline.Feeds.Dates;

namespace IngestPipeline.Tests.Feeds;

public sealed class FeedDateTests
{
    [Theory]
    // RFC 3339 and the W3C's profile.
    [InlineData("2026-02-03T07:15:00Z", "2026-02-03T07:15:00Z")]
    [InlineData("2026-02-03T07:15:00.123456789Z", "2026-02-03T07:15:00Z")]
    [InlineData("2026-02-03T07:15:00,5+01:00", "2026-02-03T06:15:00Z")]
    [InlineData("2026-02-03t07:15z", "2026-02-03T07:15:00Z")]
    [InlineData("2026-02-03T07:15:00+0530", "2026-02-03T01:45:00Z")]
    [InlineData("2026-02-03T07:15:00-08", "2026-02-03T15:15:00Z")]
    [InlineData("2026-02-03 07:15:00 +01:00", "2026-02-03T06:15:00Z")]
    [InlineData("2026-02-03 07:15:00 EST", "2026-02-03T12:15:00Z")]
    [InlineData("2026-02-03T24:00:00Z", "2026-02-04T00:00:00Z")]
    [InlineData("2026-12-31T23:59:60Z", "2027-01-01T00:00:00Z")]
    [InlineData("2026-02", "2026-02-01T00:00:00Z")]
    [InlineData("2026", "2026-01-01T00:00:00Z")]
    [InlineData("20260203", "2026-02-03T00:00:00Z")]
    [InlineData("20260203T071500Z", "2026-02-03T07:15:00Z")]
    [InlineData("2026-034", "2026-02-03T00:00:00Z")]
    [InlineData("2026034T0715Z", "2026-02-03T07:15:00Z")]
    [InlineData("20260203071501", "2026-02-03T07:15:01Z")]
    [InlineData("202602030715", "2026-02-03T07:15:00Z")]
    [InlineData("mar 2026-03-10 07:15", "2026-03-10T07:15:00Z")]
    [InlineData("Thu, 01 Janu 2004 19:48:21 GMT", "2004-01-01T19:48:21Z")]
    // RFC 822 and 5322.
    [InlineData("Tue, 03 Feb 2026 07:15:00 GMT", "2026-02-03T07:15:00Z")]
    [InlineData("Tue,  3 Feb 2026 07:15:00 +0100", "2026-02-03T06:15:00Z")]
    [InlineData("3 Feb 26 07:15 EST", "2026-02-03T12:15:00Z")]
    [InlineData("Tue, 03 Feb 96 07:15:00 UT", "1996-02-03T07:15:00Z")]
    [InlineData("Tue, 03 February 2026 07:15:00 PST", "2026-02-03T15:15:00Z")]
    [InlineData("Tue, 03 Feb 2026 07:15:00 GMT+02:00", "2026-02-03T05:15:00Z")]
    [InlineData("Tue, 03 Feb 2026 07:15:00 Etc/GMT", "2026-02-03T07:15:00Z")]
    [InlineData("Tue,03 Feb 2026 07:15:00 -0000", "2026-02-03T07:15:00Z")]
    [InlineData("Tue, 03-Feb-2026 07:15:00 GMT", "2026-02-03T07:15:00Z")]
    [InlineData("Tue, 3 Feb 2026", "2026-02-03T00:00:00Z")]
    // asctime and what people type.
    [InlineData("Tue Feb  3 07:15:00 2026", "2026-02-03T07:15:00Z")]
    [InlineData("Tue Feb 3 07:15:00 PST 2026", "2026-02-03T15:15:00Z")]
    [InlineData("Fri, 2026/02/06 07:15:00 EDT", "2026-02-06T11:15:00Z")]
    [InlineData("02/03/2026 07:15 PM", "2026-02-03T19:15:00Z")]
    [InlineData("12/31/2026 12:15 AM", "2026-12-31T00:15:00Z")]
    [InlineData("31/12/2026", "2026-12-31T00:00:00Z")]
    [InlineData("31.12.2026 17:30", "2026-12-31T17:30:00Z")]
    [InlineData("February 3rd, 2026", "2026-02-03T00:00:00Z")]
    [InlineData("Feb. 3, 2026, 7:15 p", "2026-02-03T07:15:00Z")]
    [InlineData("Feb 3 2026 7:15PM", "2026-02-03T19:15:00Z")]
    // Other languages.
    [InlineData("mardi 3 février 2026 17h30", "2026-02-03T17:30:00Z")]
    [InlineData("mar, 05 nov 2019 10:00:00 +0100", "2019-11-05T09:00:00Z")]
    [InlineData("Di, 3. März 2026 07:15 MEZ", "2026-03-03T06:15:00Z")]
    [InlineData("Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00Z")]
    [InlineData("2004-július-13T9:15-05:00", "2004-07-13T14:15:00Z")]
    [InlineData("3 февраля 2026, 07:15", "2026-02-03T07:15:00Z")]
    [InlineData("2004년 05월 28일 01:31:15", "2004-05-27T16:31:15Z")]
    [InlineData("2004-05-25 오후 11:23:17", "2004-05-25T14:23:17Z")]
    public void Reads_every_way_of_writing_a_date(string text, string expected)
    {
        var date = FeedDate.Parse($"\n {text} ");

        Assert.NotNull(date);
        Assert.Equal(expected, date.Value.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("today")]
    [InlineData("yesterday at 10:00")]
    [InlineData("2026-13-01")]
    [InlineData("2026-02-30T00:00:00Z")]
    [InlineData("Mon, 31 Feb 2026 00:00:00 GMT")]
    [InlineData("2026-02-03T25:00:00Z")]
    [InlineData("2026-02-03T07:61:00Z")]
    [InlineData("0000-00-00 00:00:00")]
    [InlineData("99999999999999999999")]
    [InlineData("9999-12-31T23:59:59-12:00")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("10:00")]
    [InlineData("Feb")]
    public void What_is_no_date_gives_none(string? text) => Assert.Null(FeedDate.Parse(text));

    [Fact]
    public void A_date_of_a_million_characters_gives_none() => Assert.Null(FeedDate.Parse(new string('1', 1_000_000)));

    [Fact]
    public void Every_instant_written_in_a_common_form_is_read_back()
    {
        var random = new Random(20260203);
        for (var i = 0; i < 2_000; i++)
        {
            var instant = new DateTimeOffset(
                random.NextInt64(new DateTime(1971, 1, 1).Ticks, new DateTime(2070, 1, 1).Ticks) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond,
                TimeSpan.Zero);
            var local = instant.ToOffset(TimeSpan.FromMinutes(random.Next(-14 * 4, 14 * 4) * 15));
            var offset = local.ToString("zzz", CultureInfo.InvariantCulture);
            string[] forms =
            [
                local.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
                local.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + offset.Replace(":", "", StringComparison.Ordinal),
                instant.ToString("r", CultureInfo.InvariantCulture),
                instant.ToString("ddd MMM d HH:mm:ss yyyy", CultureInfo.InvariantCulture),
                instant.ToString("MMMM d, yyyy h:mm:ss tt", CultureInfo.InvariantCulture),
            ];
            Assert.All(forms, form => Assert.Equal(instant, FeedDate.Parse(form)));
        }
    }
}
