using IngestPipeline.Pipeline;

namespace IngestPipeline.Feeds.Lists;

/// <summary>Checks the address of a feed as a person wrote it.</summary>
public static class FeedAddress
{
    /// <summary>The address, when a feed can be polled there.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="problem">What is wrong and what to write instead; null when nothing is.</param>
    public static Uri? Check(string text, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        problem = null;
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
            problem = $"\"{(text.Length <= 60 ? text : text[..59] + "…")}\" is no address of a feed; write one that begins with https:// or http://";
        else if (url.UserInfo.Length > 0)
            problem = "an address must hold no user name or password; put the header line into a setting and write its name as \"credential\"";
        else if (ArticleUrl.TryCreate(url) is null)
            problem = "the address is too long or has no host";
        return problem is null ? url : null;
    }
}
