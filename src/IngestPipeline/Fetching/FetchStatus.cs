namespace IngestPipeline.Fetching;

/// <summary>How a fetch ended.</summary>
public enum FetchStatus
{
    /// <summary>There is a body.</summary>
    Fetched,

    /// <summary>304, or a 200 with the validators that were sent: nothing new, and no body.</summary>
    NotModified,

    /// <summary>Replay only: the archive does not hold the address.</summary>
    NotArchived,

    /// <summary>404 or 410.</summary>
    Gone,

    /// <summary>401 or 402: the server asks for credentials or money.</summary>
    Paywalled,

    /// <summary>The body expands like a decompression bomb.</summary>
    TooLarge,

    /// <summary>403, 451, too many redirects, an address that may not be fetched, an answer that cannot be read. Trying again would not help.</summary>
    Refused,

    /// <summary>robots.txt forbids it (RFC 9309).</summary>
    Disallowed,

    /// <summary>408, 425, 429, a server error, a network failure, no answer in time: may be tried again.</summary>
    Unavailable,

    /// <summary>
    /// Live only: the host's next slot is not free yet, so nothing was asked. Not an attempt; try again at <see cref="FetchResult.NotBefore"/>.
    /// </summary>
    Deferred,
}
