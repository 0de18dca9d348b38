using System.Text;
using IngestPipeline.Fetching.Charsets;

namespace IngestPipeline.Tests.Fetching.Charsets;

public sealed class WhatwgEncodingsTests
{
    [Theory]
    [InlineData("utf-8", "C3A9", "é")]
    [InlineData(" UTF8\n", "C3A9", "é")]
    [InlineData("utf-8", "FF61", "\uFFFDa")]
    [InlineData("iso-8859-1", "80", "€")]
    [InlineData("US-ASCII", "93", "“")]
    [InlineData("latin1", "81", "\u0081")]
    [InlineData("windows-1251", "CF", "П")]
    [InlineData("koi8-r", "F0", "П")]
    [InlineData("koi8-ru", "A4", "є")]
    [InlineData("iso-8859-10", "A1", "Ą")]
    [InlineData("latin6", "FF", "ĸ")]
    [InlineData("iso-8859-14", "A1", "Ḃ")]
    [InlineData("iso-8859-16", "A4", "€")]
    [InlineData("tis-620", "A1", "ก")]
    [InlineData("gb2312", "C4E3", "你")]
    [InlineData("gbk", "81308130", "\u0080")]
    [InlineData("big5", "A741", "你")]
    [InlineData("euc-jp", "C6FC", "日")]
    [InlineData("sjis", "93FA", "日")]
    [InlineData("iso-2022-jp", "1B2442467C1B2842", "日")]
    [InlineData("ks_c_5601-1987", "C7D1", "한")]
    [InlineData("utf-16", "6100", "a")]
    [InlineData("utf-16be", "0061", "a")]
    [InlineData("x-user-defined", "80FF", "\uF780\uF7FF")]
    [InlineData("x-mac-ukrainian", "80", "А")]
    public void Decodes_as_a_browser_does(string label, string hex, string expected) =>
        Assert.Equal(expected, WhatwgEncodings.Find(label)!.GetString(Convert.FromHexString(hex)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no-such-charset")]
    [InlineData("iso-2022-kr")]
    [InlineData("utf-7")]
    public void Unknown_and_refused_labels_give_nothing(string? label) => Assert.Null(WhatwgEncodings.Find(label));

    [Fact]
    public void A_hostile_label_gives_nothing() => Assert.Null(WhatwgEncodings.Find(new string('x', 1_000_000)));

    [Fact]
    public void Every_label_of_the_table_but_the_refused_ones_has_a_decoder_that_never_throws()
    {
        var bytes = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        var folder = Path.Combine(RepositoryRoot.Path, "src", "IngestPipeline", "Fetching", "Charsets");
        var lines = File.ReadLines(Path.Combine(folder, "whatwg-encodings.table.txt")).Where(l => !l.StartsWith('#'));
        foreach (var parts in lines.Select(l => l.Split(';', StringSplitOptions.TrimEntries)).Where(p => p[1] != "none"))
        {
            foreach (var label in parts[2].Split(' '))
                Assert.NotEmpty(WhatwgEncodings.Find(label)!.GetString(bytes));
        }
    }
}
