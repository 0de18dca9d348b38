using IngestPipeline.Records;

namespace IngestPipeline.Cli.Commands;

/// <summary>How an article ended, in the words of a summary for people.</summary>
internal static class DispositionWord
{
    public static string Of(Disposition disposition) => disposition switch
    {
        Disposition.Written => "written",
        Disposition.FeedOnly => "written from the feed",
        Disposition.Unchanged => "unchanged",
        Disposition.NoText => "no text",
        Disposition.NotAnArticle => "not an article",
        Disposition.NotArchived => "not archived",
        Disposition.TooLarge => "too large",
        _ => disposition.ToString().ToLowerInvariant(),
    };
}
