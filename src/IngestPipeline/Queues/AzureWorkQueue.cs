using System.Text;
using Azure;
using Azure.Identity;
using Azure.Storage.Queues;
using IngestPipeline.Storage;

namespace IngestPipeline.Queues;

/// <summary>
/// A queue of Azure Storage, in the encoding that the Functions trigger expects (base64). Messages never expire. The coding is done here and not by
/// the client, which would leave a message that is no base64 in the queue for ever.
/// </summary>
/// <param name="client">A client with <see cref="QueueMessageEncoding.None"/>.</param>
internal sealed class AzureWorkQueue(QueueClient client) : IWorkQueue
{
    private static readonly TimeSpan Never = TimeSpan.FromSeconds(-1);

    public string Name => client.Name;

    public Task PrepareAsync(CancellationToken cancellation = default) =>
        RunAsync(async () => await client.CreateIfNotExistsAsync(cancellationToken: cancellation).ConfigureAwait(false) is null, cancellation);

    public Task SendAsync(string body, TimeSpan delay = default, CancellationToken cancellation = default)
    {
        QueueName.CheckBody(body);
        return RunAsync(
            async () =>
            {
                try
                {
                    await client.SendMessageAsync(Coded(body), QueueName.Delay(delay), Never, cancellation).ConfigureAwait(false);
                }
                catch (RequestFailedException e) when (e.Status == 404)
                {
                    // A new account's queues are made by whoever needs them first.
                    await client.CreateIfNotExistsAsync(cancellationToken: cancellation).ConfigureAwait(false);
                    await client.SendMessageAsync(Coded(body), QueueName.Delay(delay), Never, cancellation).ConfigureAwait(false);
                }

                return true;
            },
            cancellation);
    }

    public Task<IReadOnlyList<QueueItem>> ReceiveAsync(int most, TimeSpan visibility, CancellationToken cancellation = default) =>
        RunAsync<IReadOnlyList<QueueItem>>(
        async () =>
        {
            var received = await client.ReceiveMessagesAsync(most, visibility, cancellation).ConfigureAwait(false);
            return [.. received.Value.Select(m => new QueueItem(m.MessageId, Text(m.MessageText), m.PopReceipt, m.DequeueCount, m.InsertedOn ?? DateTimeOffset.UnixEpoch))];
        },
        cancellation);

    public Task<bool> DeleteAsync(QueueItem item, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        return UnlessStaleAsync(() => client.DeleteMessageAsync(item.Id, item.Receipt, cancellation), cancellation);
    }

    public Task<bool> ReleaseAsync(QueueItem item, TimeSpan delay, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        return UnlessStaleAsync(() => client.UpdateMessageAsync(item.Id, item.Receipt, Coded(item.Body), QueueName.Delay(delay), cancellation), cancellation);
    }

    public Task<int> DepthAsync(CancellationToken cancellation = default) =>
        RunAsync(
            async () =>
            {
                try
                {
                    return (await client.GetPropertiesAsync(cancellation).ConfigureAwait(false)).Value.ApproximateMessagesCount;
                }
                catch (RequestFailedException e) when (e.Status == 404)
                {
                    // A poison queue is made when its first message is given up; until then it holds none.
                    return 0;
                }
            },
            cancellation);

    private static string Coded(string body) => Convert.ToBase64String(Encoding.UTF8.GetBytes(body));

    // What is no base64 comes through as it is: its handler refuses it with a reason.
    private static string Text(string? text)
    {
        var bytes = new byte[text?.Length ?? 0];
        return Convert.TryFromBase64String(text ?? "", bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : text ?? "";
    }

    private Task<bool> UnlessStaleAsync<T>(Func<Task<T>> work, CancellationToken cancellation) => RunAsync(
        async () =>
        {
            try
            {
                await work().ConfigureAwait(false);
                return true;
            }
            catch (RequestFailedException e) when (e.Status == 404 || (e.Status == 400 && e.ErrorCode == "PopReceiptMismatch"))
            {
                return false;
            }
        },
        cancellation);

    private async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception e) when (e is RequestFailedException or AuthenticationFailedException or IOException or AggregateException
            || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw Describe(e);
        }
    }

    private StorageException Describe(Exception e)
    {
        var place = client.Uri.GetLeftPart(UriPartial.Path);
        var cause = e is AggregateException all ? all.Flatten().InnerExceptions[^1] : e;
        return cause switch
        {
            RequestFailedException { Status: 401 or 403 } refused =>
                new($"{place} refused access ({refused.ErrorCode}): give this identity the role Storage Queue Data Contributor, or use a valid key.", e),
            RequestFailedException { Status: 404 } => new($"{place} was not found: start \"ingest run\" once, which makes it, or create the queue.", e),
            RequestFailedException { Status: > 0 } answered => new($"{place} answered {answered.Status} ({answered.ErrorCode}): try again later.", e),
            AuthenticationFailedException => new($"Cannot sign in to {place}: no Azure identity was found or accepted. Run \"az login\".", e),
            _ when client.Uri.IsLoopback =>
                new(
                    $"Azurite's queues do not answer at {client.Uri.GetLeftPart(UriPartial.Authority)}: start it with \"npx azurite --silent --location FOLDER\".",
                    e),
            _ => new($"Cannot reach {place}: check the account's name and the network.", e),
        };
    }
}
