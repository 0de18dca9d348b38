using IngestPipeline.Deduplication;

namespace IngestPipeline.Tests.Deduplication;

public sealed class CopyDeciderTests
{
    private static readonly string Report = Texts.Report(1);

    [Fact]
    public void Article_that_nobody_else_carries_is_unique()
    {
        var decision = Assert.Single(new CopyDecider().Add([Texts.Document("a", Report)]));

        Assert.Equal(CopyKind.Unique, decision.Kind);
        Assert.Equal("a", decision.CanonicalId);
        Assert.Null(decision.Evidence);
    }

    [Fact]
    public void Same_text_under_another_headline_is_exact_and_points_at_the_earlier()
    {
        var decisions = Decide(Texts.Document("b", Report, "Valley News", 2), Texts.Document("a", Report));

        Assert.Equal(CopyKind.Original, decisions["a"].Kind);
        Assert.Equal(CopyKind.Exact, decisions["b"].Kind);
        Assert.Equal("a", decisions["b"].CanonicalId);
        Assert.Equal(10_000, decisions["b"].Evidence!.Score);
        Assert.Equal([new SharedPassage(0, Report.Length - 1, 0, Report.Length - 1)], decisions["b"].Evidence!.Passages);
    }

    [Fact]
    public void The_article_that_a_copy_names_as_canonical_stands_for_both_though_it_came_later()
    {
        var decisions =
            Decide(Texts.Document("a", Report) with { Declares = "b" }, Texts.Document("b", Report, "Valley News", 5), Texts.Document("c", Report, "Third", 9));

        Assert.All(decisions.Values, d => Assert.Equal("b", d.CanonicalId));
        Assert.True(decisions["a"].Evidence!.Declared);
        Assert.False(decisions["c"].Evidence!.Declared);
    }

    [Fact]
    public void Pages_that_name_each_other_or_another_story_as_canonical_change_nothing()
    {
        var other = Texts.Report(2);
        var decisions = Decide(
            Texts.Document("a", Report) with { Declares = "b" }, Texts.Document("b", Report, "Valley News", 5) with { Declares = "a" },
            Texts.Document("c", other, "Third", 1) with { Declares = "a" }, Texts.Document("d", other, "Fourth", 3));

        Assert.Equal("a", decisions["b"].CanonicalId);
        Assert.Equal(("c", CopyKind.Original), (decisions["c"].CanonicalId, decisions["c"].Kind));
        Assert.Equal("c", decisions["d"].CanonicalId);
    }

    [Fact]
    public void Case_punctuation_and_spacing_do_not_make_another_text()
    {
        var shouted = Report.ToUpperInvariant().Replace(".", " !", StringComparison.Ordinal).Replace("\n\n", "\n", StringComparison.Ordinal);

        Assert.Equal(CopyKind.Exact, Decide(Texts.Document("a", Report), Texts.Document("b", shouted, "Valley News", 1))["b"].Kind);
    }

    [Fact]
    public void Cut_copy_with_the_page_s_own_words_is_near()
    {
        var cut = "Sign in to read more stories like this one.\n\n" + Report[..(Report.Length / 2)] + "\n\nFollow us for updates and alerts every morning.";

        var copy = Decide(Texts.Document("a", Report), Texts.Document("b", cut, "Valley News", 1))["b"];

        Assert.Equal(CopyKind.Near, copy.Kind);
        Assert.Equal("a", copy.CanonicalId);
        Assert.True(copy.Evidence!.ContainedIn > copy.Evidence.Contains);
    }

    [Fact]
    public void Later_state_of_the_outlet_s_own_report_is_a_version()
    {
        var update = Report + "\n\n" + Texts.Report(2, 4);

        Assert.Equal(CopyKind.Version, Decide(Texts.Document("a", Report), Texts.Document("b", update, hours: 3))["b"].Kind);
    }

    [Fact]
    public void Versions_are_linked_in_the_order_of_time_and_the_latest_is_marked()
    {
        var decisions = Decide(
            Texts.Document("first", Report), Texts.Document("third", Report + "\n\n" + Texts.Report(2, 6), hours: 6),
            Texts.Document("second", Report + "\n\n" + Texts.Report(2, 3), hours: 3), Texts.Document("copy", Report, "Valley News", 2));

        Assert.Equal("first", decisions["second"].PreviousVersionId);
        Assert.Equal("second", decisions["third"].PreviousVersionId);
        Assert.Equal(["third"], decisions.Values.Where(d => d.IsLatestVersion).Select(d => d.Id));
        Assert.Null(decisions["copy"].PreviousVersionId);
    }

    [Fact]
    public void Copy_with_one_corrected_figure_is_a_version()
    {
        var number = System.Text.RegularExpressions.Regex.Match(Report, @"\d+ people").Value;
        var corrected = Report.Replace(number, "1007 people", StringComparison.Ordinal);

        Assert.Equal(CopyKind.Version, Decide(Texts.Document("a", Report), Texts.Document("b", corrected, "Valley News", 3))["b"].Kind);
    }

    [Fact]
    public void Other_story_with_shared_background_stays_apart()
    {
        var background = Texts.Report(7, 8);
        var first = Texts.Report(3, 16) + "\n\n" + background;
        var second = Texts.Report(4, 16) + "\n\n" + background;

        Assert.All(Decide(Texts.Document("a", first), Texts.Document("b", second, "Valley News", 30)).Values, d => Assert.Equal(CopyKind.Unique, d.Kind));
    }

    [Fact]
    public void Reports_made_to_a_form_with_other_figures_stay_apart()
    {
        static string Lottery(string day, string numbers) =>
            $"These are the numbers drawn on {day} in the lakeside lottery. First draw: {numbers}. The jackpot is {numbers[..2]} million crowns. "
            + "Winners may claim their prizes at any post office within ninety days, and players must be of age.";

        var decisions = Decide(
            Texts.Document("a", Lottery("Monday", "12 15 22 31 40")), Texts.Document("b", Lottery("Monday", "17 19 23 38 44"), "Valley News", 1),
            Texts.Document("c", Lottery("Monday", "12 15 22 31 40"), "Coast Daily", 2));

        Assert.Equal("b", decisions["b"].CanonicalId);
        Assert.Equal("a", decisions["c"].CanonicalId);
    }

    [Fact]
    public void Site_s_repeated_block_does_not_make_copies()
    {
        var block = Texts.Report(90, 10);
        var documents = Enumerable.Range(0, 6).Select(i => Texts.Document("d" + i, Texts.Report(100 + i, 3) + "\n\n" + block, hours: i)).ToArray();

        Assert.All(Decide(documents).Values, d => Assert.Equal(CopyKind.Unique, d.Kind));
    }

    [Fact]
    public void Digest_of_several_reports_is_no_copy_of_any()
    {
        var reports = Enumerable.Range(0, 4).Select(i => Texts.Report(200 + i)).ToArray();
        var digest = string.Join("\n\n", reports.Select(r => r[..(r.Length / 3)]));
        CopyDocument[] documents =
            [.. reports.Select((r, i) => Texts.Document("r" + i, r, "Post " + i, i)), Texts.Document("digest", digest, "Evening Brief", 9)];

        Assert.Equal(CopyKind.Unique, Decide(documents)["digest"].Kind);
    }

    [Fact]
    public void Chain_of_half_shared_texts_does_not_merge_its_ends()
    {
        var parts = Enumerable.Range(0, 8).Select(i => Texts.Report(300 + i, 10)).ToArray();
        var documents = Enumerable.Range(0, 7).Select(i => Texts.Document("c" + i, parts[i] + "\n\n" + parts[i + 1], "Outlet " + i, i)).ToArray();

        var decisions = Decide(documents);

        Assert.NotEqual(decisions["c0"].CanonicalId, decisions["c6"].CanonicalId);
    }

    [Fact]
    public void Same_text_three_weeks_later_is_outside_the_window()
    {
        Assert.Equal(CopyKind.Unique, Decide(Texts.Document("a", Report), Texts.Document("b", Report, "Valley News", 21 * 24))["b"].Kind);
    }

    [Fact]
    public void Other_language_is_never_compared()
    {
        var decisions = Decide(Texts.Document("a", Report) with { Language = "en" }, Texts.Document("b", Report, "Valley News", 1) with { Language = "da" },
            Texts.Document("c", Report, "Coast Daily", 2) with { Language = "en-GB" });

        Assert.Equal("b", decisions["b"].CanonicalId);
        Assert.Equal("a", decisions["c"].CanonicalId);
    }

    [Fact]
    public void Text_without_spaces_between_words_is_compared()
    {
        const string Chinese = "港口委员会星期一批准了新的防洪堤建设计划，工程预计将在明年春天开始。当地居民对噪音表示担忧，但市长表示施工只会在白天进行。"
            + "工程师说，旧堤坝已经使用了六十多年，上个月的暴雨使其出现裂缝。渔民协会要求政府赔偿停工期间的损失，双方将于下周再次会谈。";
        var cut = Chinese[..90] + "更多新闻请关注本报。";

        Assert.Equal("a", Decide(Texts.Document("a", Chinese), Texts.Document("b", cut, "晚报", 1))["b"].CanonicalId);
    }

    [Fact]
    public void Headline_only_item_joins_by_address_and_never_stands_for_a_full_text()
    {
        var headline = new CopyDocument
        {
            Id = "a", Title = "Council approves new ferry timetable", Source = "Wire Links", Url = "https://post.example/ferry?utm_source=x",
            HeadlineOnly = true,
            FirstSeen = Texts.Noon,
        };
        var full = Texts.Document("b", Report, hours: 4, title: "New ferry timetable approved") with { Url = "http://www.post.example/ferry/" };

        var decisions = Decide(headline, full);

        Assert.Equal("b", decisions["a"].CanonicalId);
        Assert.Equal("address", decisions["a"].Evidence!.Measure);
    }

    [Fact]
    public void Same_recurring_headline_on_another_day_is_another_item()
    {
        var monday = Texts.Document("a", "", title: "Your morning briefing from the harbour") with { HeadlineOnly = true };

        Assert.Equal("b", Decide(monday, monday with { Id = "b", FirstSeen = Texts.Noon.AddDays(2) })["b"].CanonicalId);
    }

    [Fact]
    public void What_an_agency_published_itself_stands_for_its_copies()
    {
        var decisions = Decide(Texts.Document("a", Report), Texts.Document("b", "OSLO (Reuters) — " + Report, "Reuters", 1));

        Assert.Equal("b", decisions["a"].CanonicalId);
    }

    [Fact]
    public void Article_that_comes_twice_changes_nothing()
    {
        var decider = new CopyDecider();
        var document = Texts.Document("a", Report);
        decider.Add([document]);

        Assert.Empty(decider.Add([document]));
    }

    [Fact]
    public void Article_that_comes_again_with_another_text_is_decided_anew()
    {
        var decider = new CopyDecider();
        decider.Add([Texts.Document("a", Report), Texts.Document("b", Report, "Valley News", 1)]);

        var changed = decider.Add([Texts.Document("b", Texts.Report(2), "Valley News", 1)]);

        Assert.Equal([("a", CopyKind.Unique), ("b", CopyKind.Unique)], changed.Select(d => (d.Id, d.Kind)));
    }

    [Fact]
    public void Copy_of_a_forgotten_article_still_points_at_it()
    {
        var decider = new CopyDecider();
        decider.Add([Texts.Document("a", Report), Texts.Document("b", Report, "Valley News", 24)]);
        decider.ExpireBefore(Texts.Noon.AddHours(12));

        var changed = decider.Add([Texts.Document("c", Report, "Coast Daily", 30)]);

        var decision = Assert.Single(changed);
        Assert.Equal(("c", "a", CopyKind.Exact), (decision.Id, decision.CanonicalId, decision.Kind));
    }

    [Fact]
    public void Restored_window_decides_as_if_it_had_never_stopped()
    {
        CopyDocument[] before = [Texts.Document("a", Report), Texts.Document("b", Report, "Valley News", 1)];
        CopyDocument[] after = [Texts.Document("c", Report + "\n\nMore soon.", "Coast Daily", 2)];
        var running = new CopyDecider();
        var decisions = running.Add(before);
        var restored = new CopyDecider();
        restored.Restore(before, decisions);

        Assert.Equal(running.Add(after), restored.Add(after));
    }

    private static Dictionary<string, CopyDecision> Decide(params CopyDocument[] documents) => new CopyDecider().Add(documents).ToDictionary(d => d.Id);
}
