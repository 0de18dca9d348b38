using IngestPipeline.Deduplication;

namespace IngestPipeline.Tests.Deduplication;

/// <summary>Texts that look like copies and are none, and the other way round. Written for these tests.</summary>
public sealed class TrapTests
{
    [Fact]
    public void Market_reports_of_two_days_are_two_reports()
    {
        static string Market(string day, string index, string points, string oil, string gold) =>
            $"Shares on the Norvik exchange closed higher on {day} as investors weighed company results against the central bank's next step. The main index rose {points} points "
            + $"to {index}. Banks and shippers led the gains while makers of chips fell behind. Oil for delivery next month traded at {oil} crowns a barrel, and gold stood at {gold} "
            + "crowns an ounce. Dealers said that turnover was thin ahead of the holiday and that the mood could turn quickly if wages rose faster than expected.";

        AssertApart(Market("Monday", "4,812.40", "31.2", "612", "20,114"), Market("Tuesday", "4,855.90", "43.5", "598", "20,348"), hours: 24);
    }

    [Fact]
    public void Dividends_of_two_companies_are_two_reports() => AssertApart(
        "Qtly div 21 cts vs 19 cts prior. Pay May 14. Record April 30. Company name Halden Paper Corp.",
        "Qtly div 35 cts vs 33 cts prior. Pay June 2. Record May 12. Company name Orsa Shipping Corp.", hours: 2);

    [Fact]
    public void Same_headline_over_a_short_form_with_other_figures_is_no_copy()
    {
        static string Result(string net, string revenue, string shares) =>
            $"Halden Paper Corp said its net income for the quarter that ended on March 31 was {net} crowns a share, on revenue of {revenue} million. "
            + $"The figures of the quarter include a gain from the sale of a mill and are not audited. Average shares outstanding were {shares} million.";

        var decisions = Decide(
            Texts.Document("a", Result("412", "6.1", "3.4"), title: "Halden Paper Corp reports its quarterly net income"),
            Texts.Document("b", Result("587", "7.9", "3.8"), "Valley News", 2, "Halden Paper Corp reports its quarterly net income"));

        Assert.All(decisions.Values, d => Assert.Equal(CopyKind.Unique, d.Kind));
    }

    [Fact]
    public void Weather_of_two_towns_is_two_reports()
    {
        static string Weather(string town, int low, int high, int wind, int rain) =>
            $"Weather for {town}: Tonight partly cloudy with a low near {low} degrees. Tomorrow mostly sunny with a high near {high} and wind from the north-west at {wind} kilometres an hour. "
            + $"Chance of rain {rain} percent in the evening. The outlook for the weekend is dry with clear nights and some frost in the valleys.";

        AssertApart(Weather("Korsund", 4, 11, 20, 30), Weather("Arnbeck", 7, 16, 35, 60), hours: 1);
    }

    [Fact]
    public void Obituaries_of_two_people_are_two_reports()
    {
        static string Obituary(string name, int age, string town, string street, int day, string children) =>
            $"{name}, {age}, of {town}, died on March {day} at home among family. Born in {town}, {name} worked for many years at the post office on {street} and sang in the church choir. "
            + $"Survivors include {children}. A service will be held at ten in the morning at the chapel on {street}. Instead of flowers the family asks for gifts to the hospice.";

        AssertApart(
            Obituary("Greta Lund", 84, "Korsund", "Quay Street", 3, "Ola and Kari"), Obituary("Einar Moe", 91, "Arnbeck", "Mill Lane", 7, "Siv and Tor"),
            hours: 20);
    }

    [Fact]
    public void Same_headline_over_another_report_is_no_copy()
    {
        var decisions = Decide(
            Texts.Document("a", Texts.Report(1), title: "What we know about the ferry accident"),
            Texts.Document("b", Texts.Report(2), "Valley News", 30, "What we know about the ferry accident"));

        Assert.All(decisions.Values, d => Assert.Equal(CopyKind.Unique, d.Kind));
    }

    [Fact]
    public void Live_page_that_goes_on_is_a_version_of_itself_and_not_of_another_page()
    {
        var entries = Enumerable.Range(0, 12).Select(i => $"{10 + i}:15 — {Texts.Report(40 + i, 2)}").ToArray();
        var early = string.Join("\n\n", entries.Take(8).Reverse());
        var late = string.Join("\n\n", entries.Take(10).Reverse());
        var other = string.Join("\n\n", Enumerable.Range(0, 9).Select(i => $"{10 + i}:15 — {Texts.Report(70 + i, 2)}"));

        var decisions = Decide(
            Texts.Document("early", early, title: "Storm: live updates"), Texts.Document("late", late, hours: 2, title: "Storm: live updates"),
            Texts.Document("other", other, "Valley News", 2, "Storm: live updates"));

        Assert.Equal(("early", CopyKind.Version), (decisions["late"].CanonicalId, decisions["late"].Kind));
        Assert.Equal("other", decisions["other"].CanonicalId);
    }

    [Fact]
    public void Later_report_that_keeps_another_outlets_below_what_is_new_is_a_report_of_its_own()
    {
        var night = Texts.Report(11, 12);
        var day = Texts.Report(12, 30) + "\n\n" + night;

        var decisions =
            Decide(Texts.Document("night", night, title: "Weddings begin"), Texts.Document("day", day, "Valley News", 12, "Scores marry at city hall"));
        var running = Decide(
            Texts.Document("night", night, title: "Weddings begin") with { Agency = "AP" },
            Texts.Document("day", day, "Valley News", 12, "Scores marry at city hall") with { Agency = "AP" });

        Assert.All(decisions.Values, d => Assert.Equal(CopyKind.Unique, d.Kind));
        Assert.Equal(running["day"].CanonicalId, running["night"].CanonicalId);
    }

    [Fact]
    public void Letter_that_many_papers_print_is_one_text()
    {
        var letter = Texts.Report(5, 8);
        var decisions = Decide(
            [.. Enumerable.Range(0, 6).Select(i => Texts.Document("l" + i, $"To the editor: {letter}\n\nA reader, by post, number {i}", "Paper " + i, i, "Letters from readers"))]);

        Assert.Equal(6, decisions.Values.Count(d => d.CanonicalId == "l0"));
    }

    [Fact]
    public void Letters_page_of_other_letters_is_another_page()
    {
        var decisions = Decide(
            Texts.Document("a", Texts.Report(5, 10) + "\n\n" + Texts.Report(6, 10), title: "Letters to the editor"),
            Texts.Document("b", Texts.Report(7, 10) + "\n\n" + Texts.Report(8, 10), hours: 24, title: "Letters to the editor"));

        Assert.All(decisions.Values, d => Assert.Equal(CopyKind.Unique, d.Kind));
    }

    [Fact]
    public void Marked_correction_is_a_version_of_what_it_corrects()
    {
        var report = Texts.Report(1);
        var corrected = "Correction: an earlier report named the wrong pier.\n\n" + report.Replace("waited", "stood", StringComparison.Ordinal);

        var decision =
            Decide(Texts.Document("a", report, title: "Pier reopens"), Texts.Document("b", corrected, "Valley News", 5, "CORRECTED: Pier reopens"))["b"];

        Assert.Equal(("a", CopyKind.Version), (decision.CanonicalId, decision.Kind));
    }

    [Theory]
    [InlineData(8, 12)]
    [InlineData(9, 11)]
    [InlineData(12, 30)]
    public void Page_of_two_whole_reports_does_not_bring_them_together(int first, int second)
    {
        var (one, other) = (Texts.Report(21, first), Texts.Report(22, second));
        var decisions = Decide(
            Texts.Document("one", one, "Valley News"), Texts.Document("other", other, "Coast Courier", 1),
            Texts.Document("page", one + "\n\n" + other, "Evening Post", 2));

        Assert.NotEqual(decisions["one"].CanonicalId, decisions["other"].CanonicalId);
        Assert.Contains(decisions["page"].CanonicalId, new[] { "one", "other" });
    }

    [Fact]
    public void Long_reports_that_differ_in_all_names_are_two_reports()
    {
        static string Match(string[] n) =>
            $"{n[0]} and {n[1]} shared the points after a lively match in which both sides had chances to win. Early in the first half {n[2]} put the hosts ahead with a low shot from the edge of "
            + $"the box after a fine pass by {n[3]}. The visitors answered well and came close before the break, when {n[4]} hit the post and {n[5]} headed over from close range. After the restart "
            + $"the visitors kept the ball better and drew level when {n[6]} turned in a cross from the left. Both coaches brought on fresh men for the last half hour, but neither side could find a "
            + $"way through. The hosts had the last chance in added time, when {n[7]} shot wide from a free kick just outside the box. The coach of the hosts said that his men had deserved more, "
            + "while his colleague praised the spirit of his side and said that a point away from home was never bad. The hosts stay in the upper half of the table, while the visitors move out of "
            + "the last three places before the winter break, with a match in hand and most of their injured men back in training.";

        AssertApart(
            Match(["Korsund", "Arnbeck", "Lund", "Moe", "Dahl", "Berg", "Vik", "Holm"]),
            Match(["Halden", "Orsvik", "Strand", "Lie", "Haug", "Bakke", "Sand", "Ness"]), hours: 1);
    }

    [Fact]
    public void Facts_at_the_beginning_of_a_short_form_tell_it_from_another()
    {
        static string Obituary(string name, int age, string town, int day, string street) =>
            $"{name}, {age} лет, житель {town}, скончался {day} марта дома в кругу семьи. Покойный много лет работал на почте и пел в хоре. Прощание пройдёт в десять утра в зале на улице {street}. "
            + "Вместо цветов семья просит помочь больнице, где за ним ухаживали в последние недели, и благодарит соседей за помощь.";

        AssertApart(Obituary("Борис Ковлен", 84, "Мирдуба", 3, "Садовой"), Obituary("Лев Дубров", 91, "Велбора", 3, "Мирной"), hours: 2);
    }

    [Fact]
    public void Forms_in_a_script_without_spaces_are_told_apart_by_few_numbers()
    {
        static string Obituary(string name, string age, string town, string day) =>
            $"{name} อายุ {age} ปี ชาว{town} เสียชีวิตเมื่อวันที่ {day} มีนาคม ที่บ้านท่ามกลางครอบครัว ผู้ตายทำงานที่ไปรษณีย์มาหลายปีและร้องเพลงในคณะประสานเสียง "
            + "พิธีจะจัดในตอนเช้าที่วัดประจำเมือง ครอบครัวขอให้บริจาคแก่โรงพยาบาลแทนดอกไม้ และขอบคุณเพื่อนบ้านทุกคนที่ช่วยเหลือ";

        AssertApart(Obituary("นายทองแสน", "๘๔", "บางนา", "๓"), Obituary("นายดอนบาง", "๙๑", "แสนทอง", "๗"), hours: 2);
    }

    [Theory]
    [InlineData("Letters to the editor", false)]
    [InlineData("This week in sports", false)]
    [InlineData("Council closes bridge after flood", true)]
    [InlineData("天气预报", false)]
    [InlineData("今日の運勢", false)]
    [InlineData("พยากรณ์อากาศ", false)]
    [InlineData("市议会因洪水关闭石江大桥", true)]
    [InlineData("洪水で石江橋が通行止め、住民は山道へ迂回", true)]
    [InlineData("น้ำท่วมปิดสะพานเก่าบางนา ชาวบ้านต้องอ้อมขึ้นเขา", true)]
    public void Headline_alone_joins_two_items_where_it_tells_the_report(string headline, bool joins)
    {
        var decisions = Decide(Texts.Document("a", "", title: headline), Texts.Document("b", "", "Valley News", 2, headline));

        Assert.Equal(joins, decisions["b"].CanonicalId == "a");
    }

    [Theory]
    [InlineData("Die Hütte liegt 12 Meter über dem Hof", "Die Hütte liegt １２ Meter über dem Hof")]
    [InlineData("سقط 84 عمودا و3.5 أمتار", "سقط ٨٤ عمودا و٣٫٥ أمتار")]
    [InlineData("มี 84 คนในเรือ", "มี ๘๔ คนในเรือ")]
    [InlineData("The office staff found the final flight", "The oﬃce staﬀ found the ﬁnal ﬂight")]
    [InlineData("The ABC works", "The ＡＢＣ works")]
    public void Digits_and_letters_are_the_same_in_every_form(string plain, string other) =>
        Assert.Equal(TokenizedText.From(plain).Hashes.ToArray(), TokenizedText.From(other).Hashes.ToArray());

    private static void AssertApart(string a, string b, double hours) =>
        Assert.Equal(["a", "b"], Decide(Texts.Document("a", a), Texts.Document("b", b, "Valley News", hours)).Values.Select(d => d.CanonicalId).Order());

    private static Dictionary<string, CopyDecision> Decide(params CopyDocument[] documents) => new CopyDecider().Add(documents).ToDictionary(d => d.Id);
}
