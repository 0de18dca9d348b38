using System.Text;
using IngestPipeline.Archive.Bytes;

namespace IngestPipeline.Archive;

/// <summary>The metadata record of a fetch that got no answer: its field names, and how they are read back.</summary>
internal static class FetchOutcome
{
    /// <summary>The field with the kind of failure: a name of <see cref="HttpRequestError"/>, or <see cref="Canceled"/>.</summary>
    public const string KindField = "fetch-outcome";

    /// <summary>The field with the failure in words.</summary>
    public const string DetailField = "fetch-detail";

    /// <summary>The kind of a fetch that was given up because it took too long.</summary>
    public const string Canceled = "Canceled";

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
