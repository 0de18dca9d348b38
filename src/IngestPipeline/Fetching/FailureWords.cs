namespace IngestPipeline.Fetching;

/// <summary>What went wrong on the way to a server, in words; the same live and in a replay, so no text of an exception.</summary>
internal static class FailureWords
{
    /// <summary>No answer within the deadline.</summary>
    public const string NoAnswerInTime = "no answer in time";

    /// <summary>The words for a kind of failure.</summary>
    public static string Of(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => "the host's name cannot be looked up",
        HttpRequestError.ConnectionError => "no connection could be made",
        HttpRequestError.SecureConnectionError => "no secure connection could be made: TLS failed, or the certificate is not valid",
        HttpRequestError.ResponseEnded => "the answer broke off",
        HttpRequestError.InvalidResponse => "the answer is not HTTP",
        HttpRequestError.ConfigurationLimitExceeded => "the answer's header fields are too long",
        HttpRequestError.ProxyTunnelError => "the proxy made no connection",
        _ => "the fetch failed: " + error,
    };
}
