using System.Text;
using IngestPipeline.Archive.Bytes;
using IngestPipeline.Fetching;

namespace IngestPipeline.Archive;

/// <summary>The metadata record of a fetch that got no answer: its field names, its kinds, and how they are read back.</summary>
internal static class FetchOutcome
{
    /// <summary>The field with the kind of failure: a name of <see cref="HttpRequestError"/>, or one of the kinds below.</summary>
    public const string KindField = "fetch-outcome";

    /// <summary>The field with the failure in words.</summary>
    public const string DetailField = "fetch-detail";

    /// <summary>The field of an attempt that was made again at once: the kind of its failure. It is no capture of its own.</summary>
    public const string RetriedField = "fetch-retried";

    /// <summary>The kind of a fetch that was given up because it took too long.</summary>
    public const string Canceled = "Canceled";

    /// <summary>The kind of a fetch whose body came too slowly.</summary>
    public const string TooSlow = "TooSlow";

    /// <summary>The kind of a fetch that robots.txt forbids.</summary>
    public const string Disallowed = "Disallowed";

    /// <summary>The kind of a fetch that waits for a robots.txt that cannot be had.</summary>
    public const string RobotsUnreachable = "RobotsUnreachable";

    /// <summary>The kind of a fetch that the address rules forbid.</summary>
    public const string AddressRefused = "AddressRefused";

    /// <summary>The kind of a part that was not asked for, because its host's slot was not free.</summary>
    public const string HostBusy = "HostBusy";

    /// <summary>The kind of an answer that contradicts itself, such as one with two lengths.</summary>
    public const string BadAnswer = "BadAnswer";

    /// <summary>What a kind of failure means for who asked.</summary>
    public static FetchStatus StatusOf(string kind) => kind switch
    {
        Disallowed => FetchStatus.Disallowed,
        AddressRefused or BadAnswer => FetchStatus.Refused,
        nameof(HttpRequestError.InvalidResponse) or nameof(HttpRequestError.ConfigurationLimitExceeded) or nameof(HttpRequestError.VersionNegotiationError)
            or nameof(HttpRequestError.UserAuthenticationError) or nameof(HttpRequestError.ExtendedConnectNotSupported) => FetchStatus.Refused,
        _ => FetchStatus.Unavailable,
    };

    /// <summary>True where trying again would not help, so that the record is as good an answer as any.</summary>
    public static bool IsFinal(string kind) => StatusOf(kind) != FetchStatus.Unavailable;

    public static bool IsFailure(string? contentType, ReadOnlyMemory<byte> block) =>
        MediaTypes.Of(contentType) == "application/warc-fields" && block.Span.StartsWith(Encoding.ASCII.GetBytes(KindField + ":"));

    public static (string Kind, string Detail) Read(ReadOnlyMemory<byte> block)
    {
        var fields = new WarcFields();
        foreach (var range in block.Span.Split((byte)'\n'))
            fields.Add(block.Span[range].TrimEnd((byte)'\r'));
        return (fields.First(KindField) ?? nameof(HttpRequestError.Unknown), fields.First(DetailField) ?? "the fetch failed");
    }
}
