using System.Globalization;
using System.Text;

namespace IngestPipeline.Tests;

/// <summary>
/// Pages made to cost time or memory: nesting, reopened formatting, many elements, attributes and texts, at and beyond what the pre-scan lets through.
/// </summary>
internal static class HostilePages
{
    private static readonly (string Piece, int Times)[] Repeated =
    [
        ("<p>", 79_000), ("<p>", 500_000), ("<p>", 1_670_000), ("<p>x", 79_000), ("<li>x", 79_000), ("x<br>", 79_000),
        ("<p>Some words of a text, and more.</p>", 79_000), ("<p>1/3 Some words of a text, and more.</p>", 79_000),
        ("<a href=x>link</a> ", 79_000),
        ("<p a=b c=d>x", 79_000),
        ("<table><i>x</i></table>", 39_000), ("<table><i>x</i>", 900), ("<table>x<tr>", 900),
        ("x<!---->", 600_000),
        ("word ", 1_000_000), ("word ", 2_000_000), ("&amp;", 1_000_000),
        ("<p><b>x</p>", 30_000), ("<p><font c=i>x</p>", 3_000), ("<p><font c=i>x</p>", 1_000),
        ("<svg><path d=x /></svg>", 39_000),
        ("<script>a</script>", 79_000), ("<select><option>x", 79_000), ("<template>x</template>", 79_000),
        ("<h1>Headline words here</h1>", 79_000),
        ("<time datetime=2020-01-01>1 May 2020</time><p>", 39_000),
        ("<div class=author>By Jane Doe</div>", 79_000),
        ("<span itemprop=author itemscope itemtype=Person>x</span>", 60_000),
        ("<p>1 May 2020 by Jane Doe</p>", 79_000),
        ("<script type=application/ld+json>[[[[{\"@type\":\"NewsArticle\"},</script>", 60_000),
        ("<a><b><p>", 900), ("<a><b>", 20_000),
        ("<div>", 900), ("<div>", 20_000), ("<div>", 100_000),
        ("\0\u202E\uFFFE ", 500_000),
    ];

    /// <summary>What the pages are made of, to be told apart by.</summary>
    public static IEnumerable<string> Names => All.Keys;

    private static Dictionary<string, Func<string>> All { get; } = Make();

    /// <summary>A page by its name.</summary>
    public static byte[] Page(string name) => Encoding.UTF8.GetBytes(All[name]());

    private static Dictionary<string, Func<string>> Make()
    {
        var pages = Repeated.ToDictionary(
            r => string.Create(CultureInfo.InvariantCulture, $"{r.Piece.Replace("\0", "NUL", StringComparison.Ordinal)} × {r.Times}"),
            r => (Func<string>)(() => "<html><body>" + Repeat(r.Piece, r.Times)),
            StringComparer.Ordinal);
        pages["fostered <i>x</i> × 79000"] = () => "<table>" + Repeat("<i>x</i>", 79_000);
        pages["100000 attributes of one element"] = () => "<p " + string.Concat(Enumerable.Range(0, 100_000).Select(n => $"a{n}=b ")) + ">x";
        pages["1900 attributes of each of 100 elements"] = () => Repeat("<p " + string.Concat(Enumerable.Range(0, 1_900).Select(n => $"a{n}=b ")) + ">x", 100);
        pages["10 MB attribute"] = () => "<p a='" + new string('x', 10_000_000) + "'>x";
        pages["10 MB comment"] = () => "<!--" + new string('x', 10_000_000) + "--><p>x";
        pages["10 MB text"] = () => "<p>" + new string('x', 10_000_000);
        return pages;
    }

    private static string Repeat(string piece, int times) => string.Concat(Enumerable.Repeat(piece, times));
}
