using Azure.Core;

namespace IngestPipeline.Storage;

/// <summary>How the Azure clients repeat their calls: theirs is the one retry layer. A local emulator that does not answer at once is not running.</summary>
internal static class AzureRetry
{
    public static T With<T>(T options, Uri endpoint)
        where T : ClientOptions
    {
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = endpoint.IsLoopback ? 2 : 5;
        options.Retry.Delay = TimeSpan.FromMilliseconds(endpoint.IsLoopback ? 100 : 500);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(10);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(60);
        return options;
    }
}
