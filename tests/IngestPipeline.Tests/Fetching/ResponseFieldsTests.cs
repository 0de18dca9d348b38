using IngestPipeline.Fetching;

namespace IngestPipeline.Tests.Fetching;

public sealed class ResponseFieldsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("120", 120)]
    [InlineData(" 0 ", 0)]
    [InlineData("Sun, 01 Mar 2026 08:05:00 GMT", 300)]
    [InlineData("Sunday, 01-Mar-26 08:05:00 GMT", 300)]
    [InlineData("Sun Mar  1 08:05:00 2026", 300)]
    [InlineData("Sun, 01 Mar 2026 07:00:00 GMT", 0)]
    [InlineData("99999999999999999999", 86_400)]
    [InlineData("Fri, 01 Mar 2041 07:00:00 GMT", 86_400)]
    [InlineData("soon", 600)]
    [InlineData("-5", 600)]
    [InlineData("1.5", 600)]
    [InlineData("", 600)]
    public void Reads_retry_after(string value, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), ResponseFields.RetryAfter(Answer("Retry-After", value), Now));

    [Fact]
    public void No_retry_after_is_none() => Assert.Null(ResponseFields.RetryAfter(Answer("Age", "1"), Now));

    [Theory]
    [InlineData("max-age=300", 300)]
    [InlineData("public, MAX-AGE=\"60\", must-revalidate", 60)]
    [InlineData("no-cache", null)]
    [InlineData("max-age=soon", null)]
    public void Reads_max_age(string value, int? seconds) =>
        Assert.Equal(seconds is { } s ? TimeSpan.FromSeconds(s) : null, ResponseFields.MaxAge(Answer("Cache-Control", value)));

    [Fact]
    public void An_expires_that_is_no_date_is_in_the_past()
    {
        using var answer = new HttpResponseMessage { Content = new ByteArrayContent([]) };
        Assert.Null(ResponseFields.Expires(answer));
        answer.Content.Headers.TryAddWithoutValidation("Expires", "0");
        Assert.Equal(DateTimeOffset.MinValue, ResponseFields.Expires(answer));
    }

    private static HttpResponseMessage Answer(string name, string value)
    {
        var answer = new HttpResponseMessage { Content = new ByteArrayContent([]) };
        answer.Headers.TryAddWithoutValidation(name, value);
        return answer;
    }
}
