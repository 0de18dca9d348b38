using Azure.Identity;
using Azure.Storage.Queues;
using IngestPipeline.Storage;

namespace IngestPipeline.Queues;

/// <summary>Opens the queues that belong to a store: in the store's folder, in Azurite, or in the storage account.</summary>
public sealed class WorkQueues : IDisposable
{
    private const string DevelopmentStorage = "UseDevelopmentStorage=true";

    private readonly Func<string, IWorkQueue> _open;
    private readonly SqliteQueueFile? _file;
    private readonly TimeProvider? _time;

    private WorkQueues(Func<string, IWorkQueue> open, SqliteQueueFile? file = null, TimeProvider? time = null) => (_open, _file, _time) = (open, file, time);

    /// <summary>Opens the queues beside a store.</summary>
    /// <param name="target">What <see cref="BlobStoreFactory.Open(string, string)"/> takes: a folder, <c>azurite</c>, a connection string, a container's
    /// address.</param>
    /// <param name="time">The clock of the folder's queues.</param>
    /// <param name="account">The queue service's address, where it is not beside the blobs'; null = derived from the target.</param>
    /// <exception cref="StorageException">The target names no place for queues. Nothing is reached yet.</exception>
    public static WorkQueues Open(string target, TimeProvider time, Uri? account = null) =>
        Open(target, time, account, Environment.GetEnvironmentVariable(BlobStoreFactory.AzuriteVariable));

    /// <summary>Opens a queue; its name is valid on every kind of store.</summary>
    public IWorkQueue Queue(string name) => _open(QueueName.Checked(name));

    /// <summary>
    /// Makes the messages that were taken and neither deleted nor given back visible again. Only for one who knows that nobody works on them any more.
    /// Queues of a service know no such thing: their messages come back when their time is over.
    /// </summary>
    internal Task TakeBackAsync(CancellationToken cancellation) =>
        _file is null ? Task.CompletedTask : SqliteWorkQueue.TakeBackAsync(_file, _time!, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    internal static WorkQueues Open(string target, TimeProvider time, Uri? account, string? azurite)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(time);
        if (account is not null)
            return FromService(account);
        if (target == "azurite" || target.StartsWith("azurite:", StringComparison.Ordinal) || target.StartsWith("azurite/", StringComparison.Ordinal))
            return FromConnection(string.IsNullOrWhiteSpace(azurite) ? DevelopmentStorage : azurite);
        if (BlobStoreFactory.IsConnectionString(target))
            return FromConnection(target);
        if (target.Contains("://", StringComparison.Ordinal))
            return FromService(Service(new Uri(target)));
        // Beside the blobs, in a folder whose name no blob can have.
        return InFolder(Path.GetFullPath(target), time);
    }

    /// <summary>Queues that a test opens in its own way.</summary>
    internal static WorkQueues Of(Func<string, IWorkQueue> open) => new(open);

    internal static WorkQueues InFolder(string folder, TimeProvider time)
    {
        var file = new SqliteQueueFile(Path.Combine(folder, ".queues", "queues.db"));
        return new(name => new SqliteWorkQueue(file, name, time), file, time);
    }

    private static WorkQueues FromConnection(string connection)
    {
        try
        {
            var probe = new QueueServiceClient(connection);
            var service = new QueueServiceClient(connection, Options(probe.Uri));
            return new(name => new AzureWorkQueue(service.GetQueueClient(name)));
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            // The client's message may quote the string, keys and all.
            throw new StorageException("The connection string names no queue service; copy it whole from the storage account's \"Access keys\" page.");
        }
    }

    private static WorkQueues FromService(Uri address)
    {
        var options = Options(address);
        // A shared access signature comes with the address; else the environment's identity signs in.
        var service = address.Query.Contains("sig=", StringComparison.Ordinal)
            ? new QueueServiceClient(address, options)
            : new QueueServiceClient(address, new DefaultAzureCredential(), options);
        return new(name => new AzureWorkQueue(service.GetQueueClient(name)));
    }

    private static Uri Service(Uri container)
    {
        var host = container.Host.Replace(".blob.", ".queue.", StringComparison.OrdinalIgnoreCase);
        if (host == container.Host)
            throw new StorageException(
                $"{container.GetLeftPart(UriPartial.Path)} tells no queue service: use https://ACCOUNT.blob.core.windows.net/CONTAINER, or a connection string.");
        return new UriBuilder(container) { Host = host, Path = "", Fragment = "" }.Uri;
    }

    private static QueueClientOptions Options(Uri endpoint) =>
        AzureRetry.With(new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None }, endpoint);
}
