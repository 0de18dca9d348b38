using System.Runtime.CompilerServices;
using Azure;
using Azure.Identity;
using Azure.Storage.Blobs.Models;

namespace IngestPipeline.Storage;

/// <summary>Runs the work of an Azure store and turns the client's exceptions into one clear line without keys or signatures.</summary>
internal sealed class AzureGuard(string location, Uri container)
{
    /// <summary>The service says that something else stands there, or that what stands there has changed.</summary>
    public static bool IsRefusedCondition(RequestFailedException e) =>
        e.Status == 412 || (e.Status == 409 && e.ErrorCode == BlobErrorCode.BlobAlreadyExists);

    /// <summary>There is no such blob, or not even its container.</summary>
    public static bool IsMissing(RequestFailedException e) =>
        e.Status == 404 && (e.ErrorCode == BlobErrorCode.BlobNotFound || e.ErrorCode == BlobErrorCode.ContainerNotFound);

    /// <summary>Runs one operation.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception e) when (IsStorage(e, cancellation))
        {
            throw Describe(e);
        }
    }

    /// <summary>Runs one operation that blocks.</summary>
    public T Run<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (IsStorage(e, default))
        {
            throw Describe(e);
        }
    }

    /// <summary>Walks a listing page by page; a container that is not there holds nothing.</summary>
    public async IAsyncEnumerable<TItem> WalkAsync<TPage, TItem>(
        IAsyncEnumerable<TPage> pages, Func<TPage, IEnumerable<TItem>> items, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var walk = pages.WithCancellation(cancellation).ConfigureAwait(false).GetAsyncEnumerator();
        while (true)
        {
            try
            {
                if (!await walk.MoveNextAsync())
                    yield break;
            }
            catch (RequestFailedException e) when (IsMissing(e))
            {
                yield break;
            }
            catch (Exception e) when (IsStorage(e, cancellation))
            {
                throw Describe(e);
            }
            foreach (var item in items(walk.Current))
                yield return item;
        }
    }

    // A cancelled task that nobody asked to cancel is the client's own time limit.
    private static bool IsStorage(Exception e, CancellationToken cancellation) =>
        e is RequestFailedException or AuthenticationFailedException or IOException or AggregateException
        || (e is OperationCanceledException && !cancellation.IsCancellationRequested);

    private StorageException Describe(Exception e)
    {
        // After its last retry the client throws one exception that holds each try's.
        var cause = e is AggregateException all ? all.Flatten().InnerExceptions[^1] : e;
        return cause switch
        {
            RequestFailedException { Status: > 0 } answered => new(Answered(answered), e),
            AuthenticationFailedException =>
                new($"Cannot sign in to {location}: no Azure identity was found or accepted. Run \"az login\", or give a connection string.", e),
            _ when container.IsLoopback =>
                new(
                    $"Azurite is not running at {container.GetLeftPart(UriPartial.Authority)}: start it with \"npx azurite --silent --location FOLDER\", or name a folder instead.",
                    e),
            _ => new($"Cannot reach {location}: {Reason(cause)}. Check the account's name and the network.", e),
        };
    }

    private string Answered(RequestFailedException e) => (e.Status, e.ErrorCode) switch
    {
        (401, _) or (403, "AuthenticationFailed") =>
            $"{location} refused the key or signature{Code(e)}: it is wrong or has expired.",
        (403, _) =>
            $"{location} refused access{Code(e)}: give this identity the role Storage Blob Data Contributor, or a signature that allows read, write, create, list and delete.",
        (404, _) => $"{location} was not found{Code(e)}: check the names of the account and the container.",
        (409, "ContainerBeingDeleted") => $"{location} is being deleted: wait a minute, or use another container.",
        (400, "InvalidHeaderValue") when container.IsLoopback =>
            $"Azurite at {container.GetLeftPart(UriPartial.Authority)} is too old for this client: update it, or start it with --skipApiVersionCheck.",
        _ => $"{location} answered {e.Status}{Code(e)}: try again later, or look at the account's health.",
    };

    private static string Code(RequestFailedException e) => string.IsNullOrEmpty(e.ErrorCode) ? "" : $" ({e.ErrorCode})";

    private static string Reason(Exception e) => e switch
    {
        OperationCanceledException => "no answer in time",
        _ when e.InnerException is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "no such name",
        _ => "no connection",
    };
}
