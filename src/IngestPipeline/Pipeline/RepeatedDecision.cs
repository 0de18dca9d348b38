using System.Globalization;
using IngestPipeline.Deduplication;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline;

/// <summary>A decision that is published once more, unchanged, because its record may have been read as an older one: with its revision, as regrouped.</summary>
internal static class RepeatedDecision
{
    /// <summary>The latest decision about an article, once more.</summary>
    public static PublishedDecision Of(PublishedDecision latest) => latest with
    {
        Cause = "regrouped",
        PreviousCanonicalId = latest.Decision.CanonicalId,
        PreviousKind = latest.Decision.Kind,
        PreviousStoryId = latest.Decision.StoryId,
    };

    /// <summary>That an article was taken out, once more: only the name of its record is known.</summary>
    /// <param name="record">The record's name.</param>
    public static PublishedDecision OfRemoved(string record)
    {
        var id = StoreNames.ArticleIdOf(record);
        return new()
        {
            Decision = new() { Id = id, CanonicalId = id, Kind = CopyKind.Unique, StoryId = id },
            Revision = 1,
            Cause = PublishedDecision.Forgotten,
            ArticleRevision = 1,
            FirstSeen = DateTimeOffset.TryParseExact(
                record.Split('/')[^2], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var day)
                ? day
                : null,
            ContentHash = PublishedDecision.NoContent,
        };
    }
}
