using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using IngestPipeline.Boilerplate;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Learning;

/// <summary>
/// What the sites had taught by the time a day began: for each site the blocks that it repeats. Immutable; an article that it was used for names it.
/// </summary>
internal sealed class SiteMemory
{
    private const string Schema = "learned/1";

    private readonly Dictionary<string, SiteBlocks> _sites;

    private SiteMemory(string day, string pipelineVersion, Dictionary<string, SiteBlocks> sites, byte[] content)
    {
        (Day, PipelineVersion, _sites, Content) = (day, pipelineVersion, sites, content);
        Name = $"{day}:{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8))}";
    }

    /// <summary>The day that it is used on.</summary>
    public string Day { get; }

    /// <summary>The rules and options under which the blocks were found.</summary>
    public string PipelineVersion { get; }

    /// <summary>Its day and the start of its content's hash, as articles name it.</summary>
    public string Name { get; }

    /// <summary>It as JSON.</summary>
    public byte[] Content { get; }

    /// <summary>
    /// The days whose articles teach for a day: the last two days before it have no part, so that it is ready before the day begins, with what came in late.
    /// </summary>
    /// <param name="day">The day that it is used on.</param>
    /// <param name="days">How many days.</param>
    public static IEnumerable<string> Lessons(string day, int days)
    {
        var start = Start(day);
        return Enumerable.Range(2, days).Where(back => start.Ticks >= back * TimeSpan.TicksPerDay).Select(back => StoreNames.Day(start.AddDays(-back)));
    }

    /// <summary>The day after a day.</summary>
    public static string Next(string day) => StoreNames.Day(Start(day).AddDays(1));

    /// <summary>Counts what days taught.</summary>
    public static SiteMemory Of(string day, string pipelineVersion, IEnumerable<DayLessons> lessons)
    {
        var sites = new SortedDictionary<string, SiteBlocks>(StringComparer.Ordinal);
        foreach (var site in lessons.SelectMany(l => l.Sites).GroupBy(s => s.Site, s => s.Samples, StringComparer.Ordinal))
        {
            if (SiteBlocks.Of(site.SelectMany(s => s)) is { Blocks.Count: > 0 } blocks)
                sites[site.Key] = blocks;
        }

        var content = RecordJson.Object(json => Write(json, day, pipelineVersion, sites));
        return new(day, pipelineVersion, new(sites, StringComparer.Ordinal), content);
    }

    /// <summary>From JSON; null when it is none.</summary>
    public static SiteMemory? Read(ReadOnlyMemory<byte> bytes) =>
        StoreDamage.TryRead<SiteMemory>(bytes.Span, Schema, json =>
        {
            var sites = new Dictionary<string, SiteBlocks>(StringComparer.Ordinal);
            foreach (var site in json.GetProperty("sites").EnumerateObject())
                sites[site.Name] = new(site.Value.GetProperty("articles").GetInt32(), [.. site.Value.GetProperty("blocks").EnumerateArray().Select(Block)]);
            return new(RecordJson.Text(json, "day")!, RecordJson.Text(json, "pipelineVersion")!, sites, bytes.ToArray());
        });

    /// <summary>
    /// A result with the site's own blocks taken out of its article. Only a page's text is touched: what a feed carries has no site around it.
    /// </summary>
    public IngestResult Apply(IngestResult result) =>
        result.Article is { TextFrom: TextSource.Page } article && LearnedText.SiteOf(article) is { } site && _sites.TryGetValue(site, out var blocks)
            ? result with { Article = LearnedText.Without(article, blocks, Name) }
            : result;

    private static void Write(Utf8JsonWriter json, string day, string pipelineVersion, SortedDictionary<string, SiteBlocks> sites)
    {
        json.WriteString("schema", Schema);
        json.WriteString("day", day);
        json.WriteString("pipelineVersion", pipelineVersion);
        json.WriteStartObject("sites");
        foreach (var (site, blocks) in sites)
        {
            json.WriteStartObject(site);
            json.WriteNumber("articles", blocks.Articles);
            json.WriteStartArray("blocks");
            foreach (var block in blocks.Blocks)
            {
                json.WriteStartObject();
                json.WriteString("key", DayLessons.Hex(block.Key));
                json.WriteNumber("edge", block.Edge);
                json.WriteNumber("all", block.All);
                json.WriteString("removed", block.IsAnywhere ? "anywhere" : "at-edge");
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>When a day begins.</summary>
    public static DateTimeOffset Start(string day) =>
        DateTimeOffset.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static LearnedBlock Block(JsonElement json)
    {
        var (edge, anywhere) = (json.GetProperty("edge").GetInt32(), RecordJson.Text(json, "removed") == "anywhere");
        return new(DayLessons.Key(RecordJson.Text(json, "key")!), edge, json.GetProperty("all").GetInt32(), !anywhere || edge >= SiteBlocks.AtEdge, anywhere);
    }
}
