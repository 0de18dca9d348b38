namespace IngestPipeline.Pipeline.Live;

/// <summary>A request that has not ended.</summary>
/// <param name="Number">Its number among its article's requests, from 1.</param>
/// <param name="Kind">Why it was made.</param>
/// <param name="EntryHash">What the entry said, hashed: the same request made twice is known by it.</param>
/// <param name="Request">What is asked for.</param>
internal sealed record PendingRequest(int Number, RequestKind Kind, string EntryHash, ArticleRequest Request)
{
    /// <summary>When it was named; live requests always say.</summary>
    public DateTimeOffset AsOf => Request.AsOf!.Value;

    /// <summary>The feed that named it.</summary>
    public string FeedUrl => Request.Feed?.Url ?? "";
}
