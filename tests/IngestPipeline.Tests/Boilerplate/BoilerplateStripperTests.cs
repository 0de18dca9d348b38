using IngestPipeline.Boilerplate;
using IngestPipeline.Extraction;

namespace IngestPipeline.Tests.Boilerplate;

public sealed class BoilerplateStripperTests
{
    private const string Report = "The ferry left the harbour at noon with ninety people on board, the company said, and it reached the island two hours late.";

    private const string Later = "The company wants to open the engine on Tuesday, and it expects that the line will be back in service before the weekend.";

    [Fact]
    public void Strips_also_read_line_between_paragraphs() =>
        Assert.Equal(
            [Report, "The storm is expected to pass by Friday."],
            Kept(Report, "Also Read | Storm reaches the islands", "The storm is expected to pass by Friday."));

    [Fact]
    public void Keeps_sentence_that_merely_says_also_read() =>
        Assert.Equal(["He also read the report aloud."], Kept("He also read the report aloud."));

    [Fact]
    public void Keeps_code_whose_lines_come_again()
    {
        const string import = "import { harbour, timetable } from 'ferries';";
        Block[] blocks = [new(BlockKind.Preformatted, import), new(BlockKind.Paragraph, Report), new(BlockKind.Preformatted, import), new(BlockKind.Paragraph, Later), new(BlockKind.Preformatted, import + " timetable(harbour);")];

        Assert.All(BoilerplateStripper.Shipped.Strip(blocks), item => Assert.NotNull(item.Kept));
    }

    [Fact]
    public void Keeps_cells_of_a_table_that_come_again()
    {
        var cell = new Block(BlockKind.Table, "Arrives from the outer islands at low water");

        Assert.All(
            BoilerplateStripper.Shipped.Strip([new(BlockKind.Paragraph, Report), cell, cell, new(BlockKind.Paragraph, Later)]), item => Assert.NotNull(item.Kept));
    }

    [Fact]
    public void Keeps_questions_that_are_put_to_several_people()
    {
        const string First = "What did you think when the ferry did not come?", Second = "And how did you come to the island in the end?";
        string[] interview = [First, Report, Second, Later, First, "I thought of my dog.", Second, "By the next boat, on the next day."];

        Assert.Equal(interview, Kept(interview));
        Assert.Equal([First, Report, Later], Kept(First, Report, First, Later));
    }

    [Fact]
    public void Takes_a_copy_of_the_paragraphs_that_is_run_into_one()
    {
        string[] parts =
            [Report, Later, "The harbour office says that the pump was mended twice this year, and that a new one would cost less than the repairs."];

        var items =
            BoilerplateStripper.Shipped.Strip(Blocks([string.Join(" ", parts), .. parts, "Nobody was hurt, and the crew handed out blankets and tea."]));

        Assert.Equal("run-together", items[0].Rule);
        Assert.All(items.Skip(1), item => Assert.True(item.InText));
    }

    [Fact]
    public void Cuts_a_pointer_in_brackets_and_keeps_the_paragraph() =>
        Assert.Equal(
            ["The ferry left the harbour at noon. It came back at night."],
            Kept("The ferry left the harbour at noon. (Also read: How ferries float) It came back at night."));

    [Fact]
    public void Cuts_a_pointer_behind_the_last_full_stop() =>
        Assert.Equal(
            ["The ferry left the harbour at noon on Monday."], Kept("The ferry left the harbour at noon on Monday. Read also: How ferries float in a storm"));

    [Theory]
    [InlineData("All rights reserved.")]
    [InlineData("© 2024 Example Media, all rights reserved")]
    [InlineData("Ultimo aggiornamento: 22:07 © RIPRODUZIONE RISERVATA")]
    [InlineData("〔禁止转载〕")]
    public void Cuts_a_copyright_line_that_runs_on_behind_the_last_sentence(string note)
    {
        var item = Assert.Single(BoilerplateStripper.Shipped.Strip(Blocks($"{Report} {note}")));

        Assert.Equal((Report, note), (item.Kept?.Text, item.Cut));
    }

    [Theory]
    [InlineData("The singer left the songs to her heirs, and the contract of 1978 says so, with all rights reserved to nobody else.")]
    [InlineData("Tutti i diritti riservati ai soci valgono ancora, ha detto il presidente della società del porto all'assemblea di lunedì sera.")]
    public void Keeps_a_sentence_that_speaks_of_rights(string sentence) =>
        Assert.Equal([$"{Report} {Report} {sentence}"], Kept($"{Report} {Report} {sentence}"));

    [Fact]
    public void Takes_the_titles_under_a_heading_over_links() =>
        Assert.Equal([Report], Kept(Report, "Recent News", "Bridge opens after ten years", "Mayor to leave office in May"));

    [Fact]
    public void Leaves_the_heading_of_the_next_section_in_place() =>
        Assert.Equal([Report, "What comes next", Later], Kept(Report, "Related articles", "Bridge opens after ten years", "What comes next", Later));

    [Fact]
    public void Takes_the_paragraph_beside_an_appeal() =>
        Assert.Equal(
            [Report],
            Kept(
                Report, "Together we can keep our reporting free for everyone.",
                "Please consider becoming a member: your donation will support our journalism."));

    [Fact]
    public void Keeps_an_embedded_post_beside_the_text()
    {
        var items = BoilerplateStripper.Shipped.Strip(Blocks(Report, "Scenes from the harbour today.", "— The Crew (@crew) December 1, 2024"));

        Assert.Equal([BlockKind.Paragraph, BlockKind.Embed, BlockKind.Embed], items.Select(i => i.Kept!.Kind));
    }

    [Fact]
    public void Keeps_a_caption_beside_the_text() =>
        Assert.Equal(BlockKind.Caption, BoilerplateStripper.Shipped.Strip(Blocks("Photo: Jane Doe/Example Agency"))[0].Kept?.Kind);

    [Fact]
    public void Keeps_a_correction_in_the_text() =>
        Assert.Equal(BlockKind.Correction, BoilerplateStripper.Shipped.Strip(Blocks("Correction: An earlier version misspelled a name."))[0].Kept?.Kind);

    [Fact]
    public void Every_removed_block_has_a_rule_and_a_reason()
    {
        var items = BoilerplateStripper.Shipped.Strip(Blocks("Share this article", "1. Home", "2. World", "Advertisement", "5 minute read"));

        Assert.All(items, i => Assert.True(i.Kept is null && i.Rule is not null && i.Reason is not null));
    }

    [Fact]
    public void Stripping_stripped_text_changes_nothing()
    {
        string[] pool =
        [
            Report, "Recent News", "Also Read | Storm", "Bridge opens after ten years", "Share this article", "Photo: Jane Doe", "1. Home", "2. World",
            "Support our work", "Our journalism needs your help. Donate today.", "— The Crew (@crew) December 1, 2024", "A short line", "By Jane Doe",
            "The ferry left at noon. Also read: Ferries", "Correction: a name was misspelled.", "Published: 2 May 2024", Report[..60], "#storm #islands",
            "Read more",
        ];
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var once = Kept([.. Enumerable.Range(0, random.Next(1, 14)).Select(_ => pool[random.Next(pool.Length)])]);

            Assert.Equal(once, Kept([.. once]));
        }
    }

    [Fact]
    public void Stripping_what_is_left_of_any_mix_of_rule_examples_changes_nothing()
    {
        string[] pool =
            [.. BlockRules.Shipped.All.SelectMany(r => new[] { r.Example, r.Keeps }), Report, Later, $"{Report} {BlockRules.Shipped.All[0].Example}"];
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var once = Kept([.. Enumerable.Range(0, random.Next(1, 20)).Select(_ => pool[random.Next(pool.Length)])]);

            Assert.Equal(once, Kept([.. once]));
        }
    }

    [Fact]
    public void A_subheading_may_quote_the_paragraph_below_it()
    {
        var quote = "“Nobody was in danger, and nobody was hurt at all”";
        Block[] blocks = [new(BlockKind.Paragraph, Report), new(BlockKind.Heading, quote, 2), new(BlockKind.Paragraph, $"{quote[..^1]},” the captain said after the landing.")];

        Assert.All(BoilerplateStripper.Shipped.Strip(blocks), i => Assert.True(i.InText));
    }

    [Fact]
    public void A_subheading_that_stands_twice_goes_once()
    {
        var heading = new Block(BlockKind.Heading, "What the crew did while the engine stood still", 2);

        Assert.Equal(
            1,
            BoilerplateStripper.Shipped.Strip(
                [heading, new(BlockKind.Paragraph, Report), heading, new(BlockKind.Paragraph, Later)]).Count(i => i.InText && i.Kept == heading));
    }

    [Fact]
    public void Numbered_headings_of_a_list_of_pictures_and_whole_sentences_stay_and_others_over_nothing_go()
    {
        Block[] blocks =
        [
            new(BlockKind.Paragraph, Report), new(BlockKind.Heading, "The captain writes a report. It says little.", 3),
            new(BlockKind.Heading, "Ferry line may get a second ship", 3),
        ];

        Assert.Equal([true, true, false], BoilerplateStripper.Shipped.Strip(blocks).Select(i => i.InText));

        blocks =
        [
            new(BlockKind.Paragraph, Report), new(BlockKind.Heading, "1. The harbour at dawn", 3), new(BlockKind.Heading, "2. The old lighthouse", 3),
            new(BlockKind.Heading, "Bridge opens after ten years", 3),
        ];

        Assert.Equal([true, true, true, false], BoilerplateStripper.Shipped.Strip(blocks).Select(i => i.InText));
    }

    [Theory]
    [InlineData("Published Saturday, March 14, 2026 | 2:02 p.m.")]
    [InlineData("Jueves, 12 de marzo de 2026")]
    [InlineData("Die Hafenpost | 14.03.2026 um 13.36 Uhr • Von Ann Larsen")]
    [InlineData("4 мин")]
    [InlineData("Время чтения: 4 минуты")]
    [InlineData("この記事は約5分で読めます。")]
    [InlineData("This article appeared on page C-1 of the Harbour Post")]
    [InlineData("This story ran in the spring issue of Piers, under the headline “Ropes.”")]
    [InlineData("Este contenido se ha publicado en el número de junio de Puertos en papel")]
    [InlineData("Questo articolo è apparso su La Posta del Porto")]
    [InlineData("Written by Ann Larsen Edited by Bo Berg")]
    [InlineData("Posted by Ann Larsen, engineer at the lighthouse")]
    [InlineData("-- By Ann Larsen Follow @annlarsen")]
    [InlineData("par Anne Leroy et Luc Moreau")]
    [InlineData("Text: Hafenpost. Bildmaterial: Bo Berg, Fähramt")]
    [InlineData("Vezető kép: hajok.example")]
    [InlineData("Forrás: MTI; fotó: Kis Anna/MTI")]
    [InlineData("Follow the Harbour Post on Facebook and Instagram for more ferry news.")]
    [InlineData("Folgen Sie der Hafenpost auf Instagram und WhatsApp")]
    [InlineData("Suivez la Poste du Port sur WhatsApp")]
    [InlineData("Siga o Correio do Porto no Instagram e no Facebook")]
    [InlineData("تابعونا على فيسبوك وتويتر")]
    [InlineData("Have something to add to this story? Share it in the comments.")]
    [InlineData("Мнение автора может не совпадать с позицией редакции.")]
    [InlineData("この記事は有料会員限定です。ログインすると続きをお読みいただけます。")]
    [InlineData("残り3104文字")]
    [InlineData("登录后查看全文")]
    [InlineData("이 기사는 유료 회원만 볼 수 있습니다")]
    [InlineData("Чтобы дочитать статью, подпишитесь или войдите")]
    [InlineData("メールで送る")]
    [InlineData("เรื่องที่เกี่ยวข้อง เรือข้ามฟากแล่นอีกครั้งหลังพายุ")]
    [InlineData("Kapcsolódó cikkünk: Újra jár a komp a vihar után")]
    [InlineData("Citește și: Feribotul circulă din nou")]
    [InlineData("Διαβάστε επίσης: Το πλοίο ταξιδεύει ξανά")]
    public void Strips_what_stands_about_an_article_at_its_ends(string line) =>
        Assert.Equal(["The ferry sails."], Kept("The ferry sails.", line));

    [Theory]
    [InlineData("Sábado 14 de marzo de 2026")]
    [InlineData("Jueves, 12 de marzo de 2026, fue el día en que el puerto cerró.")]
    [InlineData("This article of the treaty appears in the first draft, too.")]
    [InlineData("Este artículo de la ley se publicó tarde.")]
    [InlineData("Written by hand, the letter was found in the lighthouse.")]
    [InlineData("Follow the path on the cliffs for an hour and the pier comes into sight.")]
    [InlineData("Sigue en pie el faro, dijo la alcaldesa en el pleno del lunes.")]
    [InlineData("Das Gespräch führte Ann Larsen.")]
    [InlineData("会員登録の続きを読んだ人々は港で待っていた。")]
    [InlineData("Чтобы прочитать письмо, он вышел на пристань.")]
    public void Keeps_sentences_that_only_look_like_them(string line) =>
        Assert.Equal(["The ferry sails.", line], Kept("The ferry sails.", line));

    [Fact]
    public void A_label_that_the_story_goes_on_below_takes_no_heading_with_it() =>
        Assert.Equal([Report, "What comes next", Later], Kept(Report, "Story Continued Below", "What comes next", Later));

    private static string[] Kept(params string[] lines) =>
        [.. BoilerplateStripper.Shipped.Strip(Blocks(lines)).Where(i => i.InText).Select(i => i.Kept!.Text)];

    private static IEnumerable<Block> Blocks(params string[] lines) => lines.Select(l => new Block(BlockKind.Paragraph, l));
}
