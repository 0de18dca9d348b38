using Azure.Identity;
using Azure.Storage.Blobs;

namespace IngestPipeline.Storage;

/// <summary>Opens the store that a user names: a folder, Azurite, a connection string, or a container's address.</summary>
public static class BlobStoreFactory
{
    /// <summary>The container where none is named.</summary>
    public const string DefaultContainer = "ingest";

    /// <summary>The environment variable that replaces Azurite's own connection string, for one that listens elsewhere.</summary>
    public const string AzuriteVariable = "INGEST_AZURITE";

    private const string DevelopmentStorage = "UseDevelopmentStorage=true";
    private static readonly string[] ConnectionKeys = ["AccountName=", "BlobEndpoint=", "UseDevelopmentStorage=", "DefaultEndpointsProtocol="];

    /// <summary>
    /// Opens a store. <paramref name="target"/> is one of: the path of a folder; <c>azurite</c>, <c>azurite:NAME</c> or <c>azurite/NAME</c>
    /// (a container of the emulator); a connection string; <c>https://ACCOUNT.blob.core.windows.net/CONTAINER</c>, whose query may be a shared
    /// access signature and which else signs in with the environment's Azure identity. A folder called "azurite" is <c>./azurite</c>.
    /// </summary>
    /// <param name="target">What the user named.</param>
    /// <param name="container">The container where the target names none.</param>
    /// <exception cref="StorageException">The target names nothing that can be opened. Nothing is reached yet:
    /// <see cref="IBlobStore.PrepareAsync"/> does that.</exception>
    public static IBlobStore Open(string target, string container = DefaultContainer) =>
        Open(target, container, Environment.GetEnvironmentVariable(AzuriteVariable));

    internal static IBlobStore Open(string target, string container, string? azurite)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(container);
        if (string.IsNullOrWhiteSpace(target))
            throw new StorageException("No store is named: give a folder, \"azurite\", a connection string or a container's https address.");
        if (target == "azurite" || target.StartsWith("azurite:", StringComparison.Ordinal) || target.StartsWith("azurite/", StringComparison.Ordinal))
            return FromConnectionString(string.IsNullOrWhiteSpace(azurite) ? DevelopmentStorage : azurite, target.Length > 8 ? target[8..] : container);
        if (target.Contains("://", StringComparison.Ordinal) && !IsConnectionString(target))
            return FromAddress(target, container);
        if (IsConnectionString(target))
            return FromConnectionString(target, container);
        try
        {
            return new FolderBlobStore(target);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or PathTooLongException)
        {
            throw new StorageException(
                "The store's name is not the path of a folder; give a folder, \"azurite\", a connection string or a container's https address.", e);
        }
    }

    internal static bool IsConnectionString(string target) =>
        Array.Exists(ConnectionKeys, key => target.StartsWith(key, StringComparison.OrdinalIgnoreCase)
            || target.Contains(";" + key, StringComparison.OrdinalIgnoreCase));

    private static AzureBlobStore FromConnectionString(string connection, string container)
    {
        CheckContainer(container);
        try
        {
            var service = new BlobServiceClient(connection);
            return new(new BlobServiceClient(connection, Options(service.Uri)).GetBlobContainerClient(container));
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            // The client's message may quote the string, keys and all: say nothing of it, and do not carry it along.
            throw new StorageException("The connection string cannot be read; copy it whole from the storage account's \"Access keys\" page.");
        }
    }

    private static AzureBlobStore FromAddress(string target, string container)
    {
        if (!Uri.TryCreate(target, UriKind.Absolute, out var address) || !IsAllowed(address))
            throw new StorageException("The store's address must be https://ACCOUNT.blob.core.windows.net/CONTAINER; http is for this machine alone.");
        if (address.UserInfo.Length > 0)
            throw new StorageException("The store's address must carry no user name; sign in with \"az login\", or append a shared access signature.");

        // The emulator's addresses have the account before the container.
        var path = address.AbsolutePath.Trim('/').Split('/', StringSplitOptions.RemoveEmptyEntries);
        var above = address.IsLoopback ? 1 : 0;
        if (path.Length < above || path.Length > above + 1)
            throw new StorageException($"{address.GetLeftPart(UriPartial.Path)} must end with a container's name, and nothing after it.");
        if (path.Length > above)
            container = path[above];
        CheckContainer(container);

        var place = new UriBuilder(address) { Path = string.Join('/', [.. path[..above], container]), Fragment = "" }.Uri;
        var isSigned = address.Query.Contains("sig=", StringComparison.Ordinal);
        return new(isSigned || place.Scheme == Uri.UriSchemeHttp
            ? new BlobContainerClient(place, Options(place))
            : new BlobContainerClient(place, new DefaultAzureCredential(), Options(place)));
    }

    // Over plain http a key or a text could be read on its way; the emulator on this machine has no way.
    private static bool IsAllowed(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    private static void CheckContainer(string name)
    {
        var valid = name.Length is >= 3 and <= 63
            && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            && name[0] != '-' && name[^1] != '-' && !name.Contains("--", StringComparison.Ordinal);
        if (!valid)
            throw new StorageException(
                "A container's name has 3 to 63 lower-case letters, digits and single hyphens, and begins and ends with a letter or digit.");
    }

    private static BlobClientOptions Options(Uri endpoint) => AzureRetry.With(new BlobClientOptions(), endpoint);
}
