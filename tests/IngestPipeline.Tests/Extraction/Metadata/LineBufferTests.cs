using FsCheck;
using FsCheck.Fluent;
using IngestPipeline.Extraction.Metadata;
using IngestPipeline.Extraction.StructuredData;

namespace IngestPipeline.Tests.Extraction.Metadata;

public sealed class LineBufferTests
{
    [Fact]
    public void Folds_pieces_as_it_would_fold_the_whole_line()
    {
        var letters = Gen.Elements('a', 'B', '7', 'ä', '語', ' ', ' ', '\n', '\t', '\u00a0', '\u200b', '\u00ad', '\u0001', '\ufeff');
        var pieces = Gen.ListOf(
            Gen.ListOf(letters).Select(c => string.Concat(c)).Where(p => p.Length is > 0 and < 40)).Where(p => p.Sum(t => t.Length + 1) < PageScanner.MaxLine);
        Prop.ForAll(pieces.ToArbitrary(), list =>
        {
            var line = new LineBuffer([]);
            foreach (var piece in list)
                line.Add(piece);
            var whole = HtmlFragment.Fold(string.Join(' ', list));
            return line.Take(out var length) == whole && length == whole.Length && line.IsEmpty;
        }).Hold();
    }

    [Fact]
    public void Tells_where_its_pieces_begin()
    {
        List<ushort> joints = [];
        var line = new LineBuffer(joints);
        foreach (var piece in (string[])["By ", " ", "Ann\n Larsen", "City Columnist"])
            line.Add(piece);

        Assert.Equal("By Ann Larsen City Columnist", line.Take(out _));
        Assert.Equal([(ushort)3, (ushort)14], joints);
    }

    [Fact]
    public void Cuts_a_long_line_but_tells_its_length()
    {
        var line = new LineBuffer([]);
        line.Add(new string('x', 10_000));
        Assert.True(line.IsFull);
        Assert.Equal(PageScanner.MaxLine, line.Take(out var length).Length);
        Assert.True(length > PageScanner.MaxLine);
    }

    [Fact]
    public void Cuts_no_letter_in_half()
    {
        var line = new LineBuffer([]);
        line.Add("x" + string.Concat(Enumerable.Repeat("\U00020000", 200)));
        Assert.False(char.IsHighSurrogate(line.Take(out _)[^1]));
    }
}
