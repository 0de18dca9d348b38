using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;
using IngestPipeline.Feeds.Polling;
using IngestPipeline.Hosting;
using IngestPipeline.Records;

namespace IngestPipeline.Tests.Functions.Infra;

/// <summary>Alerts and workbook ask for figures that the code reports, by the words that it uses.</summary>
public sealed partial class FiguresTests
{
    private static readonly IReadOnlyList<string> Reported = Instruments();

    [Fact]
    public void Workbook_shows_every_figure_and_asks_for_no_other()
    {
        using var workbook = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Templates.Folder, "workbook.json")));
        var queries = workbook.RootElement.GetProperty("items").EnumerateArray()
            .Where(item => item.GetProperty("type").GetInt32() == 3)
            .Select(item => item.GetProperty("content").GetProperty("query").GetString()!);

        Assert.Equal(Reported.Order(StringComparer.Ordinal), queries.SelectMany(Named).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Alerts_ask_for_figures_that_are_reported()
    {
        var asked = Named(Templates.Code("alerts.bicep")).ToList();

        Assert.NotEmpty(asked);
        Assert.All(asked, name => Assert.Contains(name, Reported));
    }

    [Theory]
    [InlineData("health", typeof(FeedHealth))]
    [InlineData("disposition", typeof(Disposition))]
    public void Alerts_use_the_words_of_the_code(string tag, Type words)
    {
        var known = Enum.GetValues(words).Cast<Enum>().Select(MetricWords.Of).ToList();
        var used = Regex.Matches(Templates.Code("alerts.bicep"), $@"customDimensions\.{tag}\)\s+(in|!in|==) \(?(?<words>""[^)\n]+)")
            .SelectMany(m => Word().Matches(m.Groups["words"].Value)).Select(m => m.Groups["word"].Value).ToList();

        Assert.NotEmpty(used);
        Assert.All(used, word => Assert.Contains(word, known));
    }

    [Fact]
    public void Every_alert_is_answered_in_the_operations_guide()
    {
        var guide = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "operations.md"));
        var alerts = AlertName().Matches(Templates.Code("alerts.bicep")).Select(m => m.Groups["name"].Value).ToList();

        Assert.NotEmpty(alerts);
        Assert.All(alerts, name => Assert.Contains($"### {name}\n", guide, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Named(string query) => Asked().Matches(query).Select(m => m.Groups["name"].Value);

    private static List<string> Instruments()
    {
        var names = new List<string>();
        using var metrics = new IngestMetrics();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (ReferenceEquals(instrument.Meter, metrics.Meter))
                names.Add(instrument.Name);
        };
        listener.Start();
        return names;
    }

    [GeneratedRegex(@"name == ""(?<name>ingest\.[a-z.]+)""")]
    private static partial Regex Asked();

    [GeneratedRegex(@"""(?<word>[a-z-]+)""")]
    private static partial Regex Word();

    [GeneratedRegex(@"^    name: '(?<name>[a-z-]+)'$", RegexOptions.Multiline)]
    private static partial Regex AlertName();
}
