using System.Net;

namespace IngestPipeline.Fetching;

/// <summary>
/// Why a request got no answer from a server, as a value: set on the request's options by the handler that decided it, live or from an archive.
/// </summary>
internal sealed record FetchVerdict(FetchStatus Status, string Reason)
{
    /// <summary>Where a verdict stands on the request.</summary>
    public static readonly HttpRequestOptionsKey<FetchVerdict> Key = new("IngestPipeline.Fetching.Verdict");

    /// <summary>When to ask again; null = the verdict says nothing about it.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>True where the address rules decided, before any connection was made.</summary>
    public bool IsAddressRefusal { get; init; }

    /// <summary>The verdict about an address that may not be asked.</summary>
    public static FetchVerdict Refusal(string reason) => new(FetchStatus.Refused, reason) { IsAddressRefusal = true };

    /// <summary>Puts the verdict on a request and makes the empty answer that goes with it.</summary>
    public HttpResponseMessage Answer(HttpRequestMessage request)
    {
        request.Options.Set(Key, this);
        return new(HttpStatusCode.ServiceUnavailable) { RequestMessage = request, Content = new ByteArrayContent([]) };
    }

    public static FetchVerdict? Of(HttpRequestMessage request) => request.Options.TryGetValue(Key, out var verdict) ? verdict : null;
}
