using IngestPipeline.Pipeline.Live;

namespace IngestPipeline.Tests.Pipeline.Live;

/// <summary>A letter is an entry, published the later the later it stands in the alphabet; a capital has no date.</summary>
public sealed class FeedEntriesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("cba", "fed", true, "cba")]
    [InlineData("cba", "edc", false, "")]
    [InlineData("cba", "d", false, "")]
    [InlineData("", "cb", true, "")]
    // One is kept on top, and is no mark.
    [InlineData("acb", "afe", true, "cb")]
    [InlineData("acb", "adc", false, "")]
    [InlineData("acb", "ae", false, "")]
    // From old to new, without dates, or by weight: known ones may stand first, and nothing is missed.
    [InlineData("abc", "cde", false, "")]
    [InlineData("BAC", "BED", false, "")]
    [InlineData("bac", "bfeg", false, "")]
    [InlineData("cab", "gafe", false, "")]
    public void A_gap_is_where_the_end_of_a_document_is_new(string before, string now, bool isGap, string mark)
    {
        var book = FeedEntries.Empty.Showing(Noon, Entries(before), false).After(Noon, [], new Dictionary<IngestPipeline.Records.EntryDisposition, int>(), 9);

        book = book.Showing(Noon.AddHours(1), Entries(now), false);

        Assert.Equal(isGap ? Noon.AddHours(1) : null, book.LastGap);
        Assert.Equal(mark, string.Concat(book.BeforeGap));
        Assert.Equal(now, string.Concat(book.Shown));
    }

    [Fact]
    public void A_longer_gap_keeps_its_first_mark()
    {
        var book = FeedEntries.Empty.Showing(Noon, Entries("ba"), false).After(Noon, [], new Dictionary<IngestPipeline.Records.EntryDisposition, int>(), 9);

        book = book.Showing(Noon.AddHours(1), Entries("dc"), false).Showing(Noon.AddHours(2), Entries("fe"), true);

        Assert.Equal((Noon.AddHours(2), "ba"), (book.LastGap, string.Concat(book.BeforeGap)));
    }

    private static ShownEntry[] Entries(string letters) =>
        [.. letters.Select(l => new ShownEntry(l.ToString(), char.IsUpper(l) ? null : Noon.AddDays(l - 'z')))];
}
