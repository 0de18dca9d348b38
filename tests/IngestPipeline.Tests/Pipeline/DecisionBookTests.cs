using IngestPipeline.Pipeline;

namespace IngestPipeline.Tests.Pipeline;

public sealed class DecisionBookTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    private readonly DecisionBook _book = new();

    [Fact]
    public void A_first_capture_is_fresh_and_the_same_again_is_unchanged()
    {
        Assert.Equal(new CapturePlace(1, CaptureStanding.Fresh), _book.Place("a", Noon, "h1", true));
        Assert.Equal(new CapturePlace(1, CaptureStanding.Unchanged), _book.Place("a", Noon, "h1", true));
    }

    [Fact]
    public void A_later_capture_with_the_same_text_is_unchanged()
    {
        _book.Place("a", Noon, "h1", true);

        Assert.Equal(new CapturePlace(1, CaptureStanding.Unchanged), _book.Place("a", Noon.AddHours(1), "h1", true));
    }

    [Fact]
    public void A_later_capture_with_another_text_is_the_next_revision_and_going_back_is_one_more()
    {
        _book.Place("a", Noon, "h1", true);

        Assert.Equal(new CapturePlace(2, CaptureStanding.Fresh), _book.Place("a", Noon.AddHours(1), "h2", true));
        Assert.Equal(new CapturePlace(3, CaptureStanding.Fresh), _book.Place("a", Noon.AddHours(2), "h1", true));
        Assert.Equal(Noon, _book.FirstSeen("a"));
    }

    [Fact]
    public void Of_two_texts_captured_at_one_time_the_one_met_last_is_the_latest()
    {
        _book.Place("a", Noon, "h2", true);
        _book.Place("a", Noon, "h1", true);
        _book.Place("b", Noon, "h1", true);
        _book.Place("b", Noon, "h2", true);

        Assert.Equal(new CapturePlace(2, CaptureStanding.Unchanged), _book.Place("a", Noon.AddHours(1), "h1", true));
        Assert.Equal(new CapturePlace(3, CaptureStanding.Fresh), _book.Place("a", Noon.AddHours(1), "h2", true));
        Assert.Equal(new CapturePlace(2, CaptureStanding.Unchanged), _book.Place("b", Noon.AddHours(1), "h2", true));
    }

    [Fact]
    public void Undated_captures_of_one_article_are_told_apart_by_their_text()
    {
        Assert.Equal(new CapturePlace(1, CaptureStanding.Fresh), _book.Place("a", null, "h1", true));
        Assert.Equal(new CapturePlace(1, CaptureStanding.Unchanged), _book.Place("a", null, "h1", true));
        Assert.Null(_book.FirstSeen("a"));
    }

    [Fact]
    public void A_headline_alone_after_a_text_is_no_revision_and_a_text_after_a_headline_is()
    {
        _book.Place("a", Noon, "headline", false);

        Assert.Equal(new CapturePlace(2, CaptureStanding.Fresh), _book.Place("a", Noon.AddHours(1), "other headline", false));
        Assert.Equal(new CapturePlace(3, CaptureStanding.Fresh), _book.Place("a", Noon.AddHours(2), "text", true));
        Assert.Equal(new CapturePlace(3, CaptureStanding.Unchanged), _book.Place("a", Noon.AddHours(3), "third headline", false));
        Assert.Equal(new CapturePlace(4, CaptureStanding.Fresh), _book.Place("a", Noon.AddHours(4), "new text", true));
    }

    public void Dispose() => _book.Dispose();
}
