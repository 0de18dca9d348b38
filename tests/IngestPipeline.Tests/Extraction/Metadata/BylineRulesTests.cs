using IngestPipeline.Extraction.Tree;
using IngestPipeline.Extraction;

namespace IngestPipeline.Tests.Extraction.Metadata;

public sealed class BylineRulesTests
{
    [Theory]
    [InlineData("""<p class="author">Par <a href="/x">Anne Leroy<span>(Bruxelles, bureau européen)</span></a></p>""", "Anne Leroy")]
    [InlineData(
        """<div class="byline"><a rel="author" href="#"><span>Ingrid</span><span>Larsen</span></a></div><div class="byline"><a rel="author" href="#"><span>Bo</span><span>Berg</span></a></div>""",
        "Ingrid Larsen, Bo Berg")]
    [InlineData("""<p>by Ann Larsen | 3 March 2026 | Indoor Plants, Garden News</p>""", "Ann Larsen")]
    [InlineData("""<div class="submitted">Gespeichert von rasmus am 24. Juli 2017 - 18:55</div>""", "rasmus")]
    [InlineData("""<span class="story-byline">Posted by <a>BoatHD</a> on 3 March 2026 from the <span>slow-boat</span> dept.</span>""", "BoatHD")]
    [InlineData("""<a class="meta" href="/about/editors/ann-larsen/">Ann Larsen</a>""", "Ann Larsen")]
    [InlineData("""<p>Text.</p><aside class="sidebar"><a rel="author" href="/hg">Ann Larsen</a></aside>""", "Ann Larsen")]
    [InlineData(
        """<div class="author-box"><b>Ann Larsen</b><p>Ann Larsen has written about ferries, piers and the people who wait on them for more than twenty years. She lives on the smallest of the islands with two dogs and a boat that is never quite finished, and teaches sailing in summer.</p></div>""",
        "Ann Larsen")]
    [InlineData("""<div class="license-text author">Photo <a>Bo Berg</a></div><div class="author">Ann Larsen</div>""", "Ann Larsen")]
    [InlineData("""<p>Foto von Bo Berg von Pexels</p><p>By Ann Larsen</p>""", "Ann Larsen")]
    [InlineData(
        """<div class="article-author vcard"><time class="author-date">3 March 2026</time><address class="author">Ann Larsen</address> Ferry Tests</div>""",
        "Ann Larsen")]
    [InlineData("""<div class="authors">Quelle: <span>Bo Berg</span></div><div class="author">Ann Larsen</div>""", "Ann Larsen")]
    [InlineData("""<p>By Ann Larsen On</p>""", "Ann Larsen")]
    [InlineData("""<p>Von Ann Larsen Veröffentlicht</p>""", "Ann Larsen")]
    [InlineData(
        """<script type="application/ld+json">{"@type":"Article","author":{"@type":"Person","name":"HP"}}</script><p>By Ann Larsen</p>""", "Ann Larsen")]
    // Whom linked data names as the editor only; who signs the line is the author all the same.
    [InlineData(
        """<script type="application/ld+json">{"@graph":[{"@type":"Article","headline":"The harbour","editor":{"@id":"#p"}},{"@type":"Person","@id":"#p","name":"Ann Larsen"}]}</script><p>Text.</p>""",
        "")]
    [InlineData(
        """<script type="application/ld+json">{"@type":"Article","headline":"The harbour","editor":{"@type":"Person","name":"Ann Larsen"}}</script><p>By Ann Larsen</p>""", "Ann Larsen")]
    [InlineData("""<p class="credit">JIJI</p><p>Text.</p>""", "JIJI")]
    [InlineData("""<p>Text.</p><p>(von Lucius Quill)</p>""", "")]
    [InlineData("""<meta name="author" content="Harbour Post Club"><p>Text.</p><p>By Ann Larsen</p>""", "Ann Larsen")]
    [InlineData("""<p class="author">Von Ann Larsen (BILD) und Bo Berg (Illustration)</p>""", "Ann Larsen")]
    [InlineData("""<meta name="author" content="Center for Old Boats">""", "Center for Old Boats")]
    [InlineData("""<meta name="author" content="Center for Old Boats and Nets">""", "Center for Old Boats and Nets")]
    [InlineData("""<p>By Ann Larsen for the Harbour Post</p>""", "Ann Larsen")]
    [InlineData("""<p>by <a>Ann Larsen</a> <a>2 Comments</a> boats ropes</p>""", "Ann Larsen")]
    [InlineData("""<div class="byline"><a>Ann Larsen</a><a>Send Email</a></div>""", "Ann Larsen")]
    [InlineData("""<div class="author"><a>Ann Larsen</a>, <a>The Harbour Sun</a></div>""", "Ann Larsen")]
    [InlineData("""<p>记者了解到，海港确实存在等待时间较长的现象，公司将迅速改进</p>""", "")]
    [InlineData("""<p>文脉海港，深入了解书院文化，贡献</p>""", "")]
    [InlineData("""<p class="author">作者：张伟，海港大学海洋经济研究院执行院长</p>""", "张伟")]
    [InlineData("""<p class="author">发布日期</p>""", "")]
    [InlineData("""<p class="byline">Par <span>Reuters</span> le 02.10.2026 à 08h31</p>""", "Reuters")]
    [InlineData("""<p class="byline">Ann Larsen and Bo Berg, Harbour Press – Sat Mar 7, 7:26 pm</p>""", "Ann Larsen, Bo Berg")]
    [InlineData("""<p class="byline"><span>Ann Larsen</span><span>Sat Mar 7, 7:26 pm</span></p>""", "Ann Larsen")]
    [InlineData("""<div class="author"><a href="#">Folgen</a></div>""", "")]
    [InlineData("""<div class="byline">By Ann Larsen Follow</div>""", "Ann Larsen")]
    [InlineData("""<p class="byline"><a>Ann Larsen</a> and <a>Van Berg</a></p>""", "Ann Larsen, Van Berg")]
    [InlineData("""<p>Von Oleh Larsen</p>""", "Oleh Larsen")]
    [InlineData("""<p>筆者の山田太郎（たろう）次官、伸び悩む税収を折れ線グラフにすると、ワニが口を開く</p>""", "")]
    [InlineData("""<p class="author">山田太郎・港大学大学院海洋研究科客員教授</p>""", "山田太郎")]
    [InlineData("""<p class="author">山田太郎、港湾大学教授</p>""", "山田太郎")]
    [InlineData("""<p class="byline"><a>Ann Larsen</a> <a>Must Read</a></p>""", "Ann Larsen")]
    [InlineData("""<p>By <a>Ann Larsen</a><span>City Columnist</span></p>""", "Ann Larsen")]
    [InlineData("""<p>von <b>Ann Larsen</b> <a>Boote und Netze</a></p>""", "Ann Larsen")]
    [InlineData("""<p>By <a>Ann Larsen</a>, <a>Bo Berg</a> and <a>Cleo Dahl</a> <a>Tide Tables</a></p>""", "Ann Larsen, Bo Berg, Cleo Dahl")]
    [InlineData("""<p>by <a>Ann Larsen</a>—10 min read</p>""", "Ann Larsen")]
    [InlineData("""<p>By <span>Ann</span> <span>Larsen</span></p>""", "Ann Larsen")]
    [InlineData("""<p>By <span>Ann Karin</span> <span>Larsen</span></p>""", "Ann Karin Larsen")]
    [InlineData(
        """<p>By <a>Ann Larsen</a>, <span>who has written about ferries, piers and the people who wait on them for more than twenty years, and lives on the smallest of the islands with two dogs and a boat.</span></p>""",
        "Ann Larsen")]
    [InlineData("""<p><a>Harbour Talk</a> <span>Written by <a>Ann Larsen</a></span> <span>March 3, 2026</span></p>""", "Ann Larsen")]
    [InlineData("""<p><a>Ann Larsen</a><a>@annlarsen</a></p><p>Text.</p>""", "Ann Larsen")]
    [InlineData("""<p>Ann Larsen</p><p>Political reporter</p><p>@annlarsen</p>""", "Ann Larsen")]
    [InlineData("""<p>Ann Larsen</p><p>2 months</p>""", "Ann Larsen")]
    [InlineData("""<p>Ann Larsen</p><p>6 min read</p>""", "Ann Larsen")]
    [InlineData("""<p>Ann Larsen</p><p>Political reporter</p><p>The ferry runs again.</p>""", "")]
    [InlineData("""<p>Ann Larsen</p><p>Political reporter @annlarsen</p>""", "Ann Larsen")]
    [InlineData("""<p><a>Ann Larsen</a> <a>Alden Daily Post</a></p><p>Text.</p>""", "Ann Larsen")]
    [InlineData("""<p>Ann Larsen</p><p>Twitter</p><p>3 March 2026</p>""", "Ann Larsen")]
    [InlineData("""<p>3 March 2026</p><p>,</p><p>Ann Larsen</p>""", "Ann Larsen")]
    [InlineData("""<p>Ann Larsen | Published 2 days ago</p>""", "Ann Larsen")]
    [InlineData("""<p>3 March 2026 <a>Ann Larsen</a> <a>Harbour</a>, <a>News</a></p>""", "Ann Larsen")]
    [InlineData("""<p>Bo Berg, the master of the ferry, at the pier. <span>AFP</span></p>""", "")]
    [InlineData("""<p>Boat Gear</p><p>The Long Rope</p><p>The Short Rope</p>""", "")]
    [InlineData("""<p>3 March 2026</p><p>by Ann</p>""", "Ann")]
    [InlineData("""<p>3 March 2026 · von <a>annla</a></p>""", "annla")]
    [InlineData("""<p>Written by <a>Ann</a></p>""", "Ann")]
    [InlineData("""<p>by annla</p><p>Text.</p>""", "")]
    [InlineData("""<p>3 March 2026 · Recipes by Ann · 6 comments</p>""", "")]
    [InlineData("""<p>Editor: Ann</p><p>3 March 2026</p>""", "")]
    [InlineData("""<p>Redaktion</p><p>3. März 2026</p>""", "Redaktion")]
    [InlineData("""<p>Ferry Desk</p><p>3 March 2026</p>""", "Ferry Desk")]
    [InlineData("""<p>PA</p><p>Text.</p>""", "")]
    [InlineData("""<p>Gepostet von Ann Larsen | Boote</p>""", "Ann Larsen")]
    [InlineData("""<p>by Ann Maria Larsen December 8</p>""", "Ann Maria Larsen")]
    [InlineData("""<p class="author">‘The Long Tide’ Returns</p>""", "")]
    [InlineData("""<p class="author">Ann_L Veröffentlicht</p>""", "Ann_L")]
    [InlineData("""<p>By Harbourpost Editorial Board, Harbourpost</p>""", "Harbourpost Editorial Board")]
    public void Names_those_who_wrote_it(string html, string authors) => Assert.Equal(authors, Authors(html));

    [Theory]
    [InlineData("HPCニュース")]
    [InlineData("港プライムオンライン")]
    [InlineData("テレビ港放送系")]
    public void An_outlet_that_says_so_by_its_end_is_credited(string outlet)
    {
        using var document =
            TreeParser.Parse($"""<html><head><meta name="author" content="{outlet}"></head><body><h1>Ferry runs again after the storm</h1></body></html>""");
        var metadata = MetadataReader.Read(document, new("https://www.harbourpost.example/2026/ferry"));

        Assert.Null(metadata.Authors);
        Assert.Equal([outlet], metadata.Credit!.Value);
    }

    [Theory]
    [InlineData("Tim Larsen")]
    [InlineData("Jonathan Head")]
    [InlineData("Greg Guest")]
    [InlineData("Rebecca Brand")]
    [InlineData("DAN LARSEN")]
    [InlineData("Van Larsen")]
    [InlineData("Oleh Larsen")]
    [InlineData("Will May")]
    [InlineData("Ann Read")]
    public void Names_that_are_other_words_too_are_names(string name) => Assert.Equal(name, Authors($"<p>By {name}</p>"));

    [Fact]
    public void A_whole_name_on_the_page_counts_more_than_a_login_in_its_data() =>
        Assert.Equal(
            "Ann Larsen",
            Authors(
                """<script type="application/ld+json">{"@type":"Article","author":{"@type":"Person","name":"ann-l"}}</script><p class="author">Ann Larsen</p>"""));

    [Fact]
    public void A_name_in_small_letters_is_one_where_only_an_author_stands() =>
        Assert.Equal("ann larsen", Authors("""<meta name="author" content="ann larsen">"""));

    [Fact]
    public void An_office_with_an_and_in_its_name_is_one() =>
        Assert.Equal(
            "Center for Ferry Evaluation and Research",
            Authors(
                """<script type="application/ld+json">{"@type":"Article","author":{"@type":"Organization","name":"Center for Ferry Evaluation and Research"}}</script>"""));

    [Fact]
    public void The_one_person_that_the_page_describes_counts_more_than_the_designer_in_its_meta() =>
        Assert.Equal(
            "Ann Larsen",
            Authors(
                """<meta name="author" content="Bo Berg"><script type="application/ld+json">{"@graph":[{"@type":"Person","name":"Ann Larsen"}]}</script>"""));

    [Theory]
    [InlineData("Pewarta: Budi Santoso", "Budi Santoso")]
    [InlineData("Laporan wartawan Budi Santoso", "Budi Santoso")]
    [InlineData("Rep: Budi Santoso / Red: Siti Aminah", "Budi Santoso")]
    [InlineData("Oprac. Jan Kowalski", "Jan Kowalski")]
    [InlineData("Rozmawiał Jan Kowalski", "Jan Kowalski")]
    [InlineData("Корреспондент: Иван Петров", "Иван Петров")]
    [InlineData("Беседовал Иван Петров", "Иван Петров")]
    [InlineData("Журналіст: Іван Петренко", "Іван Петренко")]
    [InlineData("Reportagem: João Silva", "João Silva")]
    [InlineData("Escrito por João Silva em 12/03/2024", "João Silva")]
    [InlineData("Geschreven door Jan de Boer op 12 maart 2024", "Jan de Boer")]
    [InlineData("خبرنگار: علی رضایی", "علی رضایی")]
    [InlineData("حوار: أحمد علي", "أحمد علي")]
    [InlineData("취재 김철수", "김철수")]
    [InlineData("글·사진 김철수", "김철수")]
    [InlineData("Mwandishi: Juma Hamisi", "Juma Hamisi")]
    [InlineData("Curated by: Ann Larsen", "Ann Larsen")]
    public void Labels_of_many_languages_stand_before_a_name(string line, string name) => Assert.Equal(name, Authors($"<p>{line}</p>"));

    [Theory]
    [InlineData("<p>Editor: Siti Aminah</p><p>Reporter: Budi Santoso</p>")]
    [InlineData("<p>Editör: Siti Aminah</p><p>Haber: Budi Santoso</p>")]
    [InlineData("<table><tr><td>Penulis</td><td>: Budi Santoso</td></tr><tr><td>Editor</td><td>: Siti Aminah</td></tr></table>")]
    public void An_editor_gives_way_to_who_wrote(string html) => Assert.Equal("Budi Santoso", Authors(html));

    [Theory]
    [InlineData("ByAnn Larsen", "Ann Larsen")]
    [InlineData("By Ann LarsenCity Reporter", "Ann Larsen")]
    [InlineData("By Ann MacArthur, City Reporter", "Ann MacArthur")]
    [InlineData("Byron Larsen", "")]
    public void Names_are_freed_of_what_is_glued_to_them(string line, string name) => Assert.Equal(name, Authors($"<p>{line}</p>"));

    [Theory]
    [InlineData("Іван Петренко — 12 березня 2024, 10:30", "Іван Петренко")]
    [InlineData("Іван Петренко | 12 берез. 2024", "Іван Петренко")]
    public void A_name_beside_its_day_is_the_authors(string line, string name) => Assert.Equal(name, Authors($"<p>{line}</p>"));

    [Theory]
    [InlineData("Bo Berg finds a whale", "Bo Berg", "")]
    [InlineData("Ann Larsen. Why the ferry is late", "Ann Larsen", "Ann Larsen")]
    public void Whom_the_headline_speaks_of_did_not_sign_below_it(string headline, string below, string authors)
    {
        using var document = TreeParser.Parse($"<html><body><h1>{headline}</h1><p>{below}</p><p>3 March 2026</p></body></html>");
        var metadata = MetadataReader.Read(document, new("https://www.harbourpost.example/2026/ferry"));

        Assert.Equal(authors, string.Join(", ", metadata.Authors?.Value ?? []));
    }

    private static string Authors(string html)
    {
        using var document = TreeParser.Parse("<html><body><h1>Ferry runs again after the storm</h1>" + html + "</body></html>");
        var metadata = MetadataReader.Read(document, new("https://www.harbourpost.example/2026/ferry"));
        return string.Join(", ", (metadata.Authors ?? metadata.Credit)?.Value ?? []);
    }
}
