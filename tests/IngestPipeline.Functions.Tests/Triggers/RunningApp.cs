using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using IngestPipeline.Functions;
using IngestPipeline.Hosting;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Queues;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Azurite;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IngestPipeline.Tests.Functions.Triggers;

/// <summary>The app put together by its own registrations over Azurite; the test stands in for the host: it runs timers and delivers messages.</summary>
internal sealed class RunningApp : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly QueueServiceClient _queues;
    private readonly string _prefix;

    public RunningApp(AzuriteServer azurite, string allowedHost)
    {
        _prefix = azurite.NewContainer();
        Store = BlobStoreFactory.Open(azurite.ConnectionString, _prefix);
        // As the host reads messages.
        _queues = new(azurite.ConnectionString, new() { MessageEncoding = QueueMessageEncoding.Base64 });
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [SettingNames.Store] = "azurite",
            [SettingNames.FeedQueue] = Name("feeds"),
            [SettingNames.ArticleQueue] = Name("articles"),
            [SettingNames.ReplayQueue] = Name("replays"),
            [SettingNames.AllowHosts] = allowedHost,
            [SettingNames.UserAgentContact] = "desk@example.org",
        }).Build();
        _services = new ServiceCollection()
            .AddSingleton(Store)
            .AddSingleton(WorkQueues.Open(azurite.ConnectionString, TimeProvider.System))
            .AddLogging(logging => logging.AddProvider(Log))
            .AddPipeline(settings)
            .BuildServiceProvider();
    }

    public IBlobStore Store { get; }

    public RecordingLog Log { get; } = new();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task TimerAsync<T>()
    {
        var trigger = ActivatorUtilities.CreateInstance<T>(_services);
        return (Task)typeof(T).GetMethod("Run")!.Invoke(trigger, [new TimerInfo(), CancellationToken.None])!;
    }

    public QueueClient Queue(string name) => _queues.GetQueueClient(Name(name));

    /// <summary>Delivers the messages that are visible to a function, and deletes each when it returns, as the host does.</summary>
    public async Task<int> DeliverAsync<T>(string queue)
    {
        var trigger = ActivatorUtilities.CreateInstance<T>(_services);
        // Longer than any of them takes, however busy the machine: the host renews its hold.
        var messages = (await Queue(queue).ReceiveMessagesAsync(16, TimeSpan.FromHours(1))).Value;
        foreach (var message in messages)
        {
            await (Task)typeof(T).GetMethod("Run")!.Invoke(trigger, [message, CancellationToken.None])!;
            await Queue(queue).DeleteMessageAsync(message.MessageId, message.PopReceipt);
        }
        return messages.Length;
    }

    public async Task<IReadOnlyList<string>> ListAsync(string prefix)
    {
        var names = new List<string>();
        await foreach (var item in Store.ListAsync(prefix))
            names.Add(item.Name);
        return names;
    }

    public async Task<string> TextAsync(string name) => System.Text.Encoding.UTF8.GetString((await Store.ReadAsync(name))!.Content.Span);

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();

    private string Name(string queue) => $"{_prefix}-{queue}";
}
