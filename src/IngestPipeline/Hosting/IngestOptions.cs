using System.Globalization;
using IngestPipeline.Feeds.Polling;
using IngestPipeline.Fetching;
using IngestPipeline.Pipeline;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Pipeline.Retention;
using IngestPipeline.Queues;
using NCrontab;

namespace IngestPipeline.Hosting;

/// <summary>
/// The settings of a live pipeline, the same for the Functions app and <c>ingest run</c>: app settings or environment variables of the names of
/// <see cref="SettingNames"/>.
/// </summary>
public sealed record IngestOptions
{
    /// <summary>Where everything is kept: a folder, <c>azurite</c>, a connection string, a container's https address.</summary>
    public required string Store { get; init; }

    /// <summary>The queue service's address where it is not beside the blobs'; null = derived from <see cref="Store"/>.</summary>
    public Uri? QueueService { get; init; }

    /// <summary>When feeds are looked at: seconds, minutes, hours, days, months, days of the week; UTC.</summary>
    public string PollSchedule { get; init; } = "0 * * * * *";

    /// <summary>When the inbox is decided about.</summary>
    public string DeduplicateSchedule { get; init; } = "30 * * * * *";

    /// <summary>When the report is written.</summary>
    public string ReportSchedule { get; init; } = "0 5 * * * *";

    /// <summary>The queue of feeds to read.</summary>
    public string FeedQueue { get; init; } = "feeds";

    /// <summary>The queue of articles to work on.</summary>
    public string ArticleQueue { get; init; } = "articles";

    /// <summary>The queue of archive segments to replay.</summary>
    public string ReplayQueue { get; init; } = "replays";

    /// <summary>The list of feeds, a blob of the store; null = <c>config/feeds.json</c>.</summary>
    public string? FeedsFile { get; init; }

    /// <summary>How the web is asked.</summary>
    public FetchOptions Fetching { get; init; } = new();

    /// <summary>How often feeds are polled.</summary>
    public PollOptions Polling { get; init; } = new();

    /// <summary>How the stages work.</summary>
    public LiveOptions Live { get; init; } = new();

    /// <summary>What changes what is written.</summary>
    public PipelineOptions Pipeline { get; init; } = new();

    /// <summary>A setting's value by its name, for the credentials that feeds name; environment variables when not set.</summary>
    public Func<string, string?> Setting { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Reads the settings.</summary>
    /// <param name="setting">A setting's value by its name; null or empty = not set.</param>
    /// <param name="store">The store, where it is named otherwise.</param>
    /// <returns>The options, and what is wrong with which setting and what to write instead; the options are not to be used then.</returns>
    public static (IngestOptions Options, IReadOnlyList<string> Problems) Read(Func<string, string?> setting, string? store = null)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var problems = new List<string>();
        string? Text(string name) => setting(name) is { Length: > 0 } value ? value : null;

        var target = store ?? Text(SettingNames.Store) ?? Text(SettingNames.Storage);
        if (target is null)
            problems.Add($"{SettingNames.Store} is not set: name a folder, \"azurite\", a connection string or a container's https address");
        var defaults = new IngestOptions { Store = target ?? "" };
        var options = defaults with
        {
            QueueService = Address(Text(SettingNames.QueueService), SettingNames.QueueService, problems),
            PollSchedule = Schedule(Text(SettingNames.PollSchedule) ?? defaults.PollSchedule, SettingNames.PollSchedule, problems),
            DeduplicateSchedule = Schedule(Text(SettingNames.DeduplicateSchedule) ?? defaults.DeduplicateSchedule, SettingNames.DeduplicateSchedule, problems),
            ReportSchedule = Schedule(Text(SettingNames.ReportSchedule) ?? defaults.ReportSchedule, SettingNames.ReportSchedule, problems),
            FeedQueue = QueueOf(Text(SettingNames.FeedQueue) ?? defaults.FeedQueue, SettingNames.FeedQueue, problems),
            ArticleQueue = QueueOf(Text(SettingNames.ArticleQueue) ?? defaults.ArticleQueue, SettingNames.ArticleQueue, problems),
            ReplayQueue = QueueOf(Text(SettingNames.ReplayQueue) ?? defaults.ReplayQueue, SettingNames.ReplayQueue, problems),
            FeedsFile = Text(SettingNames.FeedsFile),
            Fetching = new()
            {
                KeepsRawPages = Raw(Text(SettingNames.RawPages), problems),
                // Revisits must not outlive what they refer to.
                RevisitAge = Text(SettingNames.KeepCapturesDays) is null ? null : TimeSpan.FromDays(1),
                Contact = Text(SettingNames.UserAgentContact),
                AllowHosts = (Text(SettingNames.AllowHosts) ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries),
                Proxy = Address(Text(SettingNames.Proxy), SettingNames.Proxy, problems),
            },
            Live = defaults.Live with
            {
                Rechecks = Spans(Text(SettingNames.Rechecks), defaults.Live.Rechecks, problems),
                Retention = new()
                {
                    CaptureDays = Days(Text(SettingNames.KeepCapturesDays), SettingNames.KeepCapturesDays, problems),
                    ArticleDays = Days(Text(SettingNames.KeepArticlesDays), SettingNames.KeepArticlesDays, problems),
                    QuarantineDays = Days(Text(SettingNames.KeepQuarantineDays), SettingNames.KeepQuarantineDays, problems),
                },
            },
            Pipeline = new() { LearnDays = LearnDays(Text(SettingNames.LearnDays), problems) },
            Setting = setting,
        };
        if (options.Live.Retention.Problem(options.Pipeline.CopyWindowDays) is { } problem)
            problems.Add($"{SettingNames.KeepCapturesDays}, {SettingNames.KeepArticlesDays}, {SettingNames.KeepQuarantineDays}: {problem}");
        if (new HashSet<string>([options.FeedQueue, options.ArticleQueue, options.ReplayQueue], StringComparer.Ordinal).Count < 3)
            problems.Add($"{SettingNames.FeedQueue}, {SettingNames.ArticleQueue} and {SettingNames.ReplayQueue} must name three different queues");
        return (options, problems);
    }

    /// <summary>Reads a six-field schedule; null when it is none.</summary>
    internal static CrontabSchedule? TrySchedule(string text) => CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = true });

    private static string Schedule(string text, string name, List<string> problems)
    {
        if (TrySchedule(text) is null)
            problems.Add(
                $"{name} is \"{SafeText.Of(text)}\", which is no schedule of six fields: write second, minute, hour, day, month and weekday, such as \"0 */5 * * * *\" for every five minutes");
        return text;
    }

    private static string QueueOf(string text, string name, List<string> problems)
    {
        // The poison queue's name has seven letters more.
        if (!QueueName.IsValid(text) || text.Length > 63 - QueueName.PoisonSuffix.Length)
            problems.Add(
                $"{name} is \"{SafeText.Of(text)}\", which is no queue's name: write 3 to {63 - QueueName.PoisonSuffix.Length} lower-case letters, digits and single hyphens");
        return text;
    }

    private static int LearnDays(string? text, List<string> problems)
    {
        if (text is null)
            return new PipelineOptions().LearnDays;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= PipelineOptions.MaxLearnDays)
            return days;
        problems.Add($"{SettingNames.LearnDays} is \"{SafeText.Of(text)}\": write a number of days from 0 (learn nothing) to {PipelineOptions.MaxLearnDays}");
        return 0;
    }

    private static Uri? Address(string? text, string name, List<string> problems)
    {
        if (text is null)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            return address;
        problems.Add($"{name} is no address: write one such as https://host.example");
        return null;
    }

    private static int? Days(string? text, string name, List<string> problems)
    {
        if (text is null or "0")
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= RetentionOptions.MostDays)
            return days;
        problems.Add($"{name} is \"{SafeText.Of(text)}\", which is no number of days: write a whole number, or nothing to keep for ever");
        return null;
    }

    private static bool Raw(string? text, List<string> problems)
    {
        if (text is not (null or "keep" or "none"))
            problems.Add($"{SettingNames.RawPages} is \"{SafeText.Of(text)}\": write \"keep\" to capture what is fetched, or \"none\" to keep its hash alone");
        return text != "none";
    }

    private static IReadOnlyList<TimeSpan> Spans(string? text, IReadOnlyList<TimeSpan> otherwise, List<string> problems)
    {
        if (text is null)
            return otherwise;
        if (text.Equals("none", StringComparison.OrdinalIgnoreCase))
            return [];
        var spans = new List<TimeSpan>();
        foreach (var part in text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TimeSpan.TryParse(part, CultureInfo.InvariantCulture, out var span)
                || span < TimeSpan.FromMinutes(1)
                || span > TimeSpan.FromDays(365)
                || (spans.Count > 0 && span <= spans[^1]))
            {
                problems.Add(
                    $"{SettingNames.Rechecks} is \"{SafeText.Of(text)}\": write times that grow, from a minute on, such as \"01:00:00, 06:00:00, 1.00:00:00\", or \"none\"");
                return otherwise;
            }

            spans.Add(span);
        }

        return spans;
    }
}
