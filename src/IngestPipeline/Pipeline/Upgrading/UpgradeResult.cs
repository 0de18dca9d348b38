namespace IngestPipeline.Pipeline.Upgrading;

/// <summary>What an upgrade did, or would do.</summary>
/// <param name="From">The version that the store had.</param>
/// <param name="To">The version that it has now, or would have; the same as <paramref name="From"/> when there is nothing to do.</param>
/// <param name="Prefix">Where the upgraded run stands.</param>
/// <param name="Articles">Articles of the run, all their revisions.</param>
/// <param name="Incomplete">Of these, the ones that lack what the old release did not look for; each has a flag.</param>
/// <param name="Records">Records.</param>
/// <param name="IsResumed">True when it goes on from an upgrade that was interrupted.</param>
/// <param name="Refusal">Why nothing was done, in one line; null when nothing stands against it.</param>
public sealed record UpgradeResult(
    string From, string To, string Prefix, long Articles = 0, long Incomplete = 0, long Records = 0, bool IsResumed = false, string? Refusal = null)
{
    /// <summary>In the flags of an article that was written before standfirst and credit were looked for.</summary>
    public const string Flag = "upgraded-from-article-1";

    /// <summary>True when the store is of this release's schema already.</summary>
    public bool IsCurrent => From == To;
}
