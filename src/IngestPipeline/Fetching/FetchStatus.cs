namespace IngestPipeline.Fetching;

/// <summary>How a fetch ended.</summary>
public enum FetchStatus
{
    /// <summary>There is a body.</summary>
    Fetched,

    /// <summary>Replay only: the archive does not hold the address.</summary>
    NotArchived,

    /// <summary>404 or 410.</summary>
    Gone,

    /// <summary>401 or 402: the server asks for credentials or money.</summary>
    Paywalled,

    /// <summary>The body expands like a decompression bomb.</summary>
    TooLarge,

    /// <summary>403, 451, a server error, too many redirects, an address that may not be fetched, an answer that cannot be read.</summary>
    Refused,
}
