using IngestPipeline.Deduplication;

namespace IngestPipeline.Tests.Deduplication;

/// <summary>Ten events, each with a report, two rewrites of it and an independent article, written for this test.</summary>
public sealed class StoryTests
{
    private static readonly List<(string Event, string Kind, string Text)> Articles = Read("rewrites.txt");

    [Fact]
    public void Rewrites_are_told_from_independent_articles_and_other_events()
    {
        var found = 0;
        var wrong = new List<string>();
        var pairs = 0;
        var others = 0;
        for (var i = 0; i < Articles.Count; i++)
        {
            for (var j = i + 1; j < Articles.Count; j++)
            {
                var (a, b) = (Articles[i], Articles[j]);
                var isRewrite = a.Event == b.Event && a.Kind != "independent" && b.Kind != "independent";
                if (a.Event != b.Event && j - i > 8)
                    continue;
                var said = Decide(Document("a", a.Text, 0), Document("b", b.Text, 5))["b"].RewriteOf is not null;
                if (isRewrite)
                    (pairs, found) = (pairs + 1, found + (said ? 1 : 0));
                else
                    others++;
                if (said && !isRewrite)
                    wrong.Add($"{a.Event}/{a.Kind} {b.Event}/{b.Kind}");
            }
        }

        Assert.Equal(30, pairs);
        Assert.True(others >= 60);
        Assert.True(wrong.Count * 20 <= found + wrong.Count, string.Join('\n', wrong));
        Assert.True(found >= 24, $"only {found} of {pairs} rewrites were found");
    }

    [Fact]
    public void Rewrite_keeps_its_own_canonical_id_and_names_the_report()
    {
        var decisions = Decide(Document("report", Text("mine", "report"), 0), Document("rewrite", Text("mine", "rewrite"), 6));

        Assert.Equal(CopyKind.Rewrite, decisions["rewrite"].Kind);
        Assert.Equal("rewrite", decisions["rewrite"].CanonicalId);
        Assert.Equal("report", decisions["rewrite"].RewriteOf);
        Assert.Equal("report", decisions["rewrite"].StoryId);
        Assert.Equal("words", decisions["rewrite"].Evidence!.Measure);
    }

    [Fact]
    public void Outlet_does_not_rewrite_its_own_report()
    {
        var decisions = Decide(
            Document("a", Text("mine", "report"), 0) with { Source = "Harbour Post" },
            Document("b", Text("mine", "rewrite"), 6) with { Source = "Harbour Post" });

        Assert.Null(decisions["b"].RewriteOf);
        Assert.Equal("a", decisions["b"].StoryId);
    }

    [Fact]
    public void Events_are_stories_of_their_own()
    {
        var decisions = Decide([.. Articles.Select((a, i) => Document($"{a.Event}-{i}", a.Text, i % 4))]);

        Assert.All(decisions.Values, d => Assert.Equal(d.Id.Split('-')[0], d.StoryId.Split('-')[0]));
        Assert.All(
            decisions.Values.Where(d => Articles[int.Parse(d.Id.Split('-')[1])].Kind != "independent").GroupBy(d => d.Id.Split('-')[0]),
            e => Assert.Single(e.Select(d => d.StoryId).Distinct()));
    }

    [Fact]
    public void Reports_of_two_outlets_that_are_nearly_alike_enough_join_by_the_text_they_share()
    {
        // At these thresholds all reports are nearly alike enough, and none is by its words.
        var options = new CopyOptions { StoryCosine = 10_000, StorySlack = 10_000 };
        var report = Text("mine", "report");
        var taken = Text("mine", "independent") + " " + string.Join(' ', report.Split(' ').Skip(60).Take(45));

        Assert.Equal("a", Story(taken, "Courier"));
        Assert.Equal("b", Story(taken, "Harbour Post"));
        Assert.Equal("b", Story(Text("mine", "independent"), "Courier"));

        string Story(string text, string source) => new CopyDecider(options)
            .Add([Document("a", report, 0) with { Source = "Harbour Post" }, Document("b", text, 3) with { Source = source }]).Single(d => d.Id == "b").StoryId;
    }

    [Fact]
    public void Same_words_a_week_later_are_another_story()
    {
        var decisions = Decide(Document("a", Text("bank", "report"), 0), Document("b", Text("bank", "rewrite"), 7 * 24));

        Assert.Equal("b", decisions["b"].StoryId);
    }

    /// <summary>
    /// Reports, two rewrites of each, independent articles and reports made to forms, written by the project's authors in each language; pairs of one
    /// topic are among the others.
    /// </summary>
    [Theory]
    [InlineData("de", 8)]
    [InlineData("fr", 12)]
    [InlineData("es", 11)]
    [InlineData("ru", 4)]
    [InlineData("ja", 12)]
    [InlineData("zh", 11)]
    [InlineData("arabic", 8)]
    public void Rewrites_and_stories_are_told_in_other_languages(string language, int leastFound)
    {
        var texts = Read($"rewrites.{language}.txt");
        var (found, pairs, others) = (0, 0, 0);
        var wrong = new List<string>();
        for (var i = 0; i < texts.Count; i++)
        {
            for (var j = i + 1; j < texts.Count; j++)
            {
                var (a, b) = (texts[i], texts[j]);
                var isRewrite = a.Event == b.Event && a.Kind != "independent" && b.Kind != "independent";
                (pairs, others) = isRewrite ? (pairs + 1, others) : (pairs, others + 1);
                var said = Decide(Document("a", a.Text, 0), Document("b", b.Text, 5))["b"];
                found += isRewrite && said.RewriteOf is not null ? 1 : 0;
                if (said.CanonicalId == "a" || (said.RewriteOf is not null && !isRewrite) || (said.StoryId == "a" && a.Event != b.Event))
                    wrong.Add($"{a.Event}/{a.Kind} {b.Event}/{b.Kind}");
            }
        }

        Assert.Equal(12, pairs);
        Assert.True(others >= 50);
        Assert.Empty(wrong);
        Assert.True(found >= leastFound, $"only {found} of {pairs} rewrites were found");
    }

    [Fact]
    public void Text_in_an_unknown_language_has_no_telling_words()
    {
        const string Fire = "เกิดเหตุเพลิงไหม้โกดังเก็บสินค้าริมแม่น้ำเมื่อคืนที่ผ่านมา เจ้าหน้าที่ดับเพลิงใช้เวลากว่าสามชั่วโมงจึงควบคุมเพลิงไว้ได้ มีผู้บาดเจ็บสองคนถูกนำส่งโรงพยาบาล "
            + "ตำรวจกำลังสอบสวนหาสาเหตุ เบื้องต้นคาดว่าเกิดจากไฟฟ้าลัดวงจร ชาวบ้านในละแวกนั้นต้องอพยพออกจากบ้านชั่วคราว";

        Assert.Empty(Terms(Fire));
        Assert.NotEmpty(Terms(Text("mine", "report")));
        Assert.NotEmpty(Terms(Read("rewrites.de.txt")[0].Text));

        static uint[] Terms(string text) => new TermVectorBuilder().Build(new Fingerprint(Document("a", text, 0))).Terms.ToArray();
    }

    [Fact]
    public void Reports_in_two_languages_share_no_telling_words()
    {
        var (german, french) = (Terms("rewrites.de.txt"), Terms("rewrites.fr.txt"));

        Assert.Empty(german.Intersect(french));

        static uint[] Terms(string file) => [.. Read(file).SelectMany(t => new TermVectorBuilder().Build(new Fingerprint(Document("a", t.Text, 0))).Terms.ToArray())];
    }

    private static string Text(string @event, string kind) => Articles.First(a => a.Event == @event && a.Kind == kind).Text;

    private static CopyDocument Document(string id, string text, double hours) =>
        new() { Id = id, Text = text, Source = "Outlet " + id, FirstSeen = Texts.Noon.AddHours(hours) };

    private static Dictionary<string, CopyDecision> Decide(params CopyDocument[] documents) => new CopyDecider().Add(documents).ToDictionary(d => d.Id);

    private static List<(string Event, string Kind, string Text)> Read(string file) =>
    [
        .. File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Deduplication", "Fixtures", file))
            .Split("=== ", StringSplitOptions.RemoveEmptyEntries)
            .Select(part => (part[..part.IndexOf(' ')], part[(part.IndexOf(' ') + 1)..part.IndexOf('\n')], part[(part.IndexOf('\n') + 1)..].Trim())),
    ];
}
