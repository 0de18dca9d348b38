using System.Globalization;
using IngestPipeline.Archive.Bytes;

namespace IngestPipeline.Tests.Archive;

public sealed class WarcDateTests
{
    [Theory]
    [InlineData("2026-01-02T03:04:05Z", "2026-01-02T03:04:05.0000000+00:00")]
    [InlineData("2026-01-02T03:04:05.8Z", "2026-01-02T03:04:05.8000000+00:00")]
    [InlineData("2026-01-02T03:04:05.1234567Z", "2026-01-02T03:04:05.1234567+00:00")]
    [InlineData("2026-01-02T03:04:05.123456789Z", "2026-01-02T03:04:05.1234567+00:00")]
    [InlineData("2024-02-29T23:59:59Z", "2024-02-29T23:59:59.0000000+00:00")]
    [InlineData("2026-01-02T03:04:05+01:00", "2026-01-02T02:04:05.0000000+00:00")]
    [InlineData("2026-01-02T03:04Z", "2026-01-02T03:04:00.0000000+00:00")]
    [InlineData("2026-01", "2026-01-01T00:00:00.0000000+00:00")]
    [InlineData("20260102030405", "2026-01-02T03:04:05.0000000+00:00")]
    public void Dates_of_all_forms_are_read(string text, string expected) =>
        Assert.Equal(expected, WarcDate.Parse(text)?.ToString("O", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("2025-02-29T03:04:05Z")]
    [InlineData("2026-13-02T03:04:05Z")]
    [InlineData("2026-01-00T03:04:05Z")]
    [InlineData("2026-01-02T24:04:05Z")]
    [InlineData("2026-01-02T03:60:05Z")]
    [InlineData("2026-01-02T03:04:60Z")]
    [InlineData("0000-01-02T03:04:05Z")]
    [InlineData("2026-01-02T03:04:05.-1Z")]
    [InlineData("2026-01-02T03:04:05,1Z")]
    [InlineData("2026-01-02T03:04:05.Z5Z")]
    [InlineData("2026-0x-02T03:04:05Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    public void What_is_no_date_is_none(string text) => Assert.Null(WarcDate.Parse(text));
}
