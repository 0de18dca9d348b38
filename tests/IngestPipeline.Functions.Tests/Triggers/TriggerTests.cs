using System.Reflection;
using System.Text.Json;
using IngestPipeline.Functions;
using IngestPipeline.Hosting;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Tests.Functions.Infra;
using Microsoft.Azure.Functions.Worker;

namespace IngestPipeline.Tests.Functions.Triggers;

/// <summary>Every trigger against the settings, host.json and the templates.</summary>
public sealed class TriggerTests
{
    private static readonly IReadOnlyDictionary<string, (Type Class, ParameterInfo Trigger)> Functions = Find();

    [Fact]
    public void The_app_has_these_functions_and_no_other() => Assert.Equal(
        ["Deduplicate", "IngestArticle", "PoisonArticles", "PoisonFeeds", "PoisonReplays", "PollFeeds", "PublishReport", "ReadFeed", "ReplayArchive", "Status"],
        Functions.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("PollFeeds", SettingNames.PollSchedule)]
    [InlineData("Deduplicate", SettingNames.DeduplicateSchedule)]
    [InlineData("PublishReport", SettingNames.ReportSchedule)]
    public void A_timer_takes_its_schedule_from_the_setting_and_does_not_run_at_start(string function, string setting)
    {
        var timer = Functions[function].Trigger.GetCustomAttribute<TimerTriggerAttribute>()!;

        Assert.Equal($"%{setting}%", timer.Schedule);
        Assert.False(timer.RunOnStartup);
        Assert.True(timer.UseMonitor);
    }

    [Theory]
    [InlineData("ReadFeed", SettingNames.FeedQueue, "")]
    [InlineData("IngestArticle", SettingNames.ArticleQueue, "")]
    [InlineData("ReplayArchive", SettingNames.ReplayQueue, "")]
    [InlineData("PoisonFeeds", SettingNames.FeedQueue, "-poison")]
    [InlineData("PoisonArticles", SettingNames.ArticleQueue, "-poison")]
    [InlineData("PoisonReplays", SettingNames.ReplayQueue, "-poison")]
    public void A_queue_trigger_listens_to_its_settings_queue_in_the_apps_account(string function, string setting, string suffix)
    {
        var queue = Functions[function].Trigger.GetCustomAttribute<QueueTriggerAttribute>()!;

        Assert.Equal($"%{setting}%{suffix}", queue.QueueName);
        Assert.Equal("AzureWebJobsStorage", queue.Connection);
    }

    [Fact]
    public void The_status_asks_for_the_functions_key_and_only_reads()
    {
        var http = Functions["Status"].Trigger.GetCustomAttribute<HttpTriggerAttribute>()!;

        Assert.Equal(AuthorizationLevel.Function, http.AuthLevel);
        Assert.Equal(["get"], http.Methods);
        Assert.EndsWith(
            "/api/" + http.Route + "'",
            Assert.Single(Templates.Code("app.bicep").Split('\n'), l => l.StartsWith("output statusUrl", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stage_has_the_name_of_its_function() => Assert.All(
        new[] { nameof(PollFeeds), nameof(ReadFeed), nameof(IngestArticle), nameof(Deduplicate), nameof(PublishReport), nameof(ReplayArchive) },
        name => Assert.Equal(name + "Trigger", Functions[name].Class.Name));

    [Fact]
    public void Every_setting_that_a_trigger_names_is_set_in_the_cloud_and_in_the_local_template()
    {
        var named = Functions.Values.SelectMany(f => f.Trigger.GetCustomAttributesData())
            .SelectMany(a => a.ConstructorArguments).Select(a => a.Value as string)
            .OfType<string>().Where(v => v.StartsWith('%')).Select(v => v.Split('%')[1]).Distinct().ToList();

        Assert.Equal(6, named.Count);
        Assert.All(named, name => Assert.Contains(name, Templates.AppSettings().Keys));
        Assert.All(named, name => Assert.Contains(name, LocalSettings().Keys));
    }

    [Fact]
    public void Every_setting_that_the_code_reads_is_set_in_the_cloud()
    {
        // What only other places need: a connection string (the cloud has none) and a proxy; and what holds by its default: the pace of re-checks.
        string[] elsewhere = [SettingNames.Storage, SettingNames.Proxy, SettingNames.Rechecks];
        var read = new HashSet<string>(StringComparer.Ordinal);
        IngestOptions.Read(name =>
        {
            read.Add(name);
            return null;
        });

        Assert.All(read.Except(elsewhere), name => Assert.Contains(name, Templates.AppSettings().Keys));
        Assert.Equal(Names().Order(StringComparer.Ordinal), read.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nothing_is_set_that_nobody_reads()
    {
        string[] platform =
        [
            "AzureWebJobsStorage__credential", "AzureWebJobsStorage__clientId", "AzureWebJobsStorage__blobServiceUri", "AzureWebJobsStorage__tableServiceUri",
            "APPLICATIONINSIGHTS_CONNECTION_STRING", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "OTEL_SERVICE_NAME", "OTEL_TRACES_SAMPLER",
            "OTEL_TRACES_SAMPLER_ARG", "AZURE_CLIENT_ID", "AZURE_TOKEN_CREDENTIALS",
        ];

        Assert.All(Templates.AppSettings().Keys.Except(platform), name => Assert.Contains(name, Names()));
    }

    [Fact]
    public void Schedules_and_queues_are_the_codes_defaults_in_the_templates_and_in_the_local_template()
    {
        var (options, _) = IngestOptions.Read(_ => null, "folder");
        var cloud = Templates.AppSettings();
        var local = LocalSettings();
        var defaults = Templates.Defaults();

        foreach (var (setting, parameter, value) in new[]
        {
            (SettingNames.PollSchedule, "pollSchedule", options.PollSchedule),
            (SettingNames.DeduplicateSchedule, "deduplicateSchedule", options.DeduplicateSchedule),
            (SettingNames.ReportSchedule, "reportSchedule", options.ReportSchedule),
        })
        {
            Assert.Equal(parameter, cloud[setting]);
            Assert.Equal(value, defaults[parameter]);
            Assert.Equal(value, local[setting]);
        }
        foreach (var (setting, value) in new[]
        {
            (SettingNames.FeedQueue, options.FeedQueue), (SettingNames.ArticleQueue, options.ArticleQueue), (SettingNames.ReplayQueue, options.ReplayQueue),
        })
        {
            Assert.Equal($"'{value}'", cloud[setting]);
            Assert.Equal(value, local[setting]);
            Assert.Contains($"'{value}', ", Templates.Code("storage.bicep"), StringComparison.Ordinal);
            Assert.Contains($"'{value}-poison'", Templates.Code("storage.bicep"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_host_delivers_as_often_as_the_pipeline_counts_and_reads_the_encoding_that_it_writes()
    {
        using var host = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, "host.json")));
        var queues = host.RootElement.GetProperty("extensions").GetProperty("queues");

        Assert.Equal(new LiveOptions().MaxDeliveries, queues.GetProperty("maxDequeueCount").GetInt32());
        Assert.Equal("base64", queues.GetProperty("messageEncoding").GetString());
        Assert.InRange(queues.GetProperty("batchSize").GetInt32(), 1, 32);
        // Zero, the default, would spend the five deliveries within a second.
        Assert.True(TimeSpan.Parse(queues.GetProperty("visibilityTimeout").GetString()!) >= TimeSpan.FromSeconds(30));
        Assert.False(host.RootElement.TryGetProperty("extensionBundle", out _));
    }

    [Fact]
    public void The_local_template_can_be_used_as_it_stands()
    {
        var local = LocalSettings();

        var (options, problems) = IngestOptions.Read(local.GetValueOrDefault);

        Assert.Empty(problems);
        Assert.Equal("azurite", options.Store);
        Assert.Equal("dotnet-isolated", local["FUNCTIONS_WORKER_RUNTIME"]);
    }

    private static IEnumerable<string> Names() =>
        typeof(SettingNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!);

    private static Dictionary<string, string> LocalSettings()
    {
        using var file =
            JsonDocument.Parse(File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, "src", "IngestPipeline.Functions", "local.settings.template.json")));
        return file.RootElement.GetProperty("Values").EnumerateObject().ToDictionary(v => v.Name, v => v.Value.GetString()!, StringComparer.Ordinal);
    }

    private static Dictionary<string, (Type, ParameterInfo)> Find() => typeof(Registrations).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null)
        .ToDictionary(
            method => method.GetCustomAttribute<FunctionAttribute>()!.Name,
            method =>
                (
                    method.DeclaringType!,
                    method.GetParameters().Single(p => p.GetCustomAttributesData().Any(a => a.AttributeType.Name.EndsWith("TriggerAttribute", StringComparison.Ordinal)))),
            StringComparer.Ordinal);
}
