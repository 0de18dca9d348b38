namespace IngestPipeline.Fetching;

/// <summary>Adds up what the fetches of one piece of work asked of the web.</summary>
internal sealed class FetchMeter
{
    /// <summary>Addresses that were asked for, each once whatever redirects and repeats it took, as a feed's polls count.</summary>
    public int Requests { get; private set; }

    /// <summary>Bytes of the bodies as they were sent.</summary>
    public long Bytes { get; private set; }

    /// <summary>Counts a fetch; one that was put off or not allowed asked nothing.</summary>
    public void Count(FetchResult fetched)
    {
        if (fetched.Status is FetchStatus.Deferred or FetchStatus.Disallowed || fetched.IsAddressRefusal)
            return;
        Requests++;
        Bytes += fetched.Bytes;
    }
}
