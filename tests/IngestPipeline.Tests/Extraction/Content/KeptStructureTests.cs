using IngestPipeline.Extraction;

namespace IngestPipeline.Tests.Extraction.Content;

public sealed class KeptStructureTests
{
    [Fact]
    public void Keeps_headings_with_their_level_lists_quotes_and_paragraphs_as_what_they_are()
    {
        var article = NewsPage.ExtractBody($"""
            {NewsPage.P(NewsPage.Opening)}
            <h2>What the crew did</h2>
            {NewsPage.P(NewsPage.Middle)}
            <ul><li>The crew handed out blankets and warm tea to all on board.</li><li>Engineers worked below deck for two hours to mend the pump.</li></ul>
            <blockquote><p>“We were never in danger, and the crew told us at every step what was going on,” a passenger said.</p></blockquote>
            {NewsPage.P(NewsPage.Closing)}
            """);

        Assert.Equal(
            [BlockKind.Paragraph, BlockKind.Heading, BlockKind.Paragraph, BlockKind.ListItem, BlockKind.ListItem, BlockKind.Quote, BlockKind.Paragraph],
            article.Blocks.Where(b => b.InText && b.Kind != BlockKind.Standfirst && b.Level != 1).Select(b => b.Kind));
        Assert.Equal(2, article.Blocks.Single(b => b.Text == "What the crew did").Level);
    }

    [Fact]
    public void Writes_a_table_row_by_row()
    {
        var article = NewsPage.ExtractBody($"""
            {NewsPage.P(NewsPage.Opening)}{NewsPage.P(NewsPage.Middle)}
            <table><tr><th>Ferry line</th><th>Passengers in May</th></tr><tr><td>Island line</td><td>12,400 people</td></tr><tr><td>Harbour line</td><td>9,100 people</td></tr></table>
            {NewsPage.P(NewsPage.Closing)}
            """);

        Assert.Contains(new Block(BlockKind.Table, "Island line | 12,400 people"), article.Blocks);
    }

    [Theory]
    [InlineData("The ferry<br>left the harbour", "The ferry left the harbour")]
    [InlineData("The <b>fer</b>ry left the <a href=/h>harbour</a>, it said", "The ferry left the harbour, it said")]
    [InlineData("The ferry<wbr>man left&nbsp;the\n harbour", "The ferryman left the harbour")]
    [InlineData("The har&shy;bour was closed", "The harbour was closed")]
    public void Glues_no_words_and_parts_none(string markup, string expected) =>
        Assert.Contains(
            expected,
            NewsPage.ExtractBody(
                NewsPage.P(NewsPage.Opening) + NewsPage.P($"{markup} when the storm came up from the west on Monday night.")
                    + NewsPage.P(NewsPage.Closing)).Text,
            StringComparison.Ordinal);

    [Fact]
    public void Says_of_a_left_out_headline_that_the_record_has_it_as_its_title()
    {
        var article = NewsPage.ExtractBody(NewsPage.P(NewsPage.Opening) + NewsPage.P(NewsPage.Middle) + NewsPage.P(NewsPage.Closing));

        Assert.Equal("headline", Assert.Single(article.Removed, r => r.Text == "Ferry arrives late after pump fails").Rule);
    }

    [Fact]
    public void Unclosed_element_in_noscript_does_not_swallow_the_page() =>
        Assert.Contains(
            NewsPage.Middle, NewsPage.Extract(NewsPage.Html(NewsPage.P(NewsPage.Opening) + NewsPage.P(NewsPage.Middle) + NewsPage.P(NewsPage.Closing))
            .Replace("<body>", "<body><noscript><div id=nojs></noscript>", StringComparison.Ordinal)).Text, StringComparison.Ordinal);

    [Fact]
    public void Elements_side_by_side_are_lines_of_their_own()
    {
        var text = NewsPage.ExtractBody($"<div>{NewsPage.Opening}</div><div>{NewsPage.Middle}</div><p>{NewsPage.Closing}</p>").Text;

        Assert.Contains($"{NewsPage.Opening}\n\n{NewsPage.Middle}\n\n{NewsPage.Closing}", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Right_to_left_text_stays_in_its_order()
    {
        string[] body =
        [
            "غادرت العبارة الميناء ظهر يوم الاثنين وعلى متنها تسعون راكبا، بحسب ما قالت الشركة، ووصلت إلى الجزيرة متأخرة ساعتين بسبب عطل في المضخة.",
            "وقال الركاب إن الطاقم وزع عليهم البطانيات والشاي بينما كان المهندسون يعملون تحت سطح السفينة، ولم يصب أحد بأذى، وسُمح للأطفال بزيارة غرفة القيادة.",
            "وتعتزم الشركة فتح المحرك يوم الثلاثاء، وتتوقع أن يعود الخط إلى الخدمة قبل نهاية الأسبوع حين يأتي معظم الزوار إلى الجزيرة.",
        ];

        var text = NewsPage.Extract(
            NewsPage.Html(
                string.Concat(body.Select(NewsPage.P)),
                title: "وصول العبارة متأخرة بعد عطل في المضخة").Replace("<html>", "<html lang=ar dir=rtl>", StringComparison.Ordinal)).Text;

        Assert.Contains(string.Join("\n\n", body), text, StringComparison.Ordinal);
    }

    [Fact]
    public void Scripts_without_spaces_get_none()
    {
        string[] body =
        [
            "フェリーは月曜日の正午、乗客90人を乗せて港を出発したが、ポンプの故障により島への到着が2時間遅れたと運航会社が発表した。",
            "乗客によると、乗組員は毛布と温かいお茶を配り、技術者たちは船内で修理に当たった。けが人はなく、子どもたちは船橋の見学を許された。",
            "会社は火曜日にエンジンを点検する予定で、島を訪れる人が最も多い週末までには運航を再開できる見通しだとしている。",
        ];

        var text = NewsPage.Extract(
            NewsPage.Html(string.Concat(body.Select(b => NewsPage.P(b.Replace("港", "<b>港</b>", StringComparison.Ordinal)))), title: "ポンプ故障でフェリーが遅れて到着")).Text;

        Assert.Contains(string.Join("\n\n", body), text, StringComparison.Ordinal);
    }
}
