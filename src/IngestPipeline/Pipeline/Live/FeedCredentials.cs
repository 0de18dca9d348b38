using IngestPipeline.Feeds.Lists;

namespace IngestPipeline.Pipeline.Live;

/// <summary>The credentials that feeds name: settings whose value is a header line. On Azure the platform puts a Key Vault secret in their place.</summary>
/// <param name="setting">A setting's value by its name; null when it is not set.</param>
public sealed class FeedCredentials(Func<string, string?> setting)
{
    /// <summary>The header fields for a feed, or what is wrong with its credential; never the credential itself in words.</summary>
    public (IReadOnlyList<KeyValuePair<string, string>> Headers, string? Problem) Of(FeedSettings feed)
    {
        ArgumentNullException.ThrowIfNull(feed);
        if (feed.Credential is not { } name)
            return ([], null);
        if (setting(name) is not { Length: > 0 } value)
            return ([], $"the setting {name}, which the feed names as its credential, is not set: set it to a header line such as \"Authorization: Bearer …\"");
        if (value.StartsWith("@Microsoft.KeyVault", StringComparison.Ordinal))
            return ([], $"the setting {name} holds a Key Vault reference that the platform could not resolve: give the app's identity the role Key Vault Secrets User");
        var colon = value.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && value[..colon].All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && !value.AsSpan().ContainsAny('\r', '\n')
            ? ([KeyValuePair.Create(value[..colon], value[(colon + 1)..].Trim())], null)
            : ([], $"the setting {name} is no header line: write it as \"Authorization: Bearer …\", on one line");
    }
}
