namespace IngestPipeline.Hosting;

/// <summary>The names of the settings, as app settings and as environment variables.</summary>
public static class SettingNames
{
    /// <summary>See <see cref="IngestOptions.Store"/>.</summary>
    public const string Store = "IngestStore";

    /// <summary>The storage account of the Functions host; stands in for <see cref="Store"/> when it is a connection string and that is not set.</summary>
    public const string Storage = "AzureWebJobsStorage";

    /// <summary>The queue service that the triggers listen to.</summary>
    public const string QueueService = "AzureWebJobsStorage__queueServiceUri";

    /// <summary>See <see cref="IngestOptions.PollSchedule"/>.</summary>
    public const string PollSchedule = "PollSchedule";

    /// <summary>See <see cref="IngestOptions.DeduplicateSchedule"/>.</summary>
    public const string DeduplicateSchedule = "DeduplicateSchedule";

    /// <summary>See <see cref="IngestOptions.ReportSchedule"/>.</summary>
    public const string ReportSchedule = "ReportSchedule";

    /// <summary>See <see cref="IngestOptions.FeedQueue"/>.</summary>
    public const string FeedQueue = "FeedQueue";

    /// <summary>See <see cref="IngestOptions.ArticleQueue"/>.</summary>
    public const string ArticleQueue = "ArticleQueue";

    /// <summary>See <see cref="IngestOptions.ReplayQueue"/>.</summary>
    public const string ReplayQueue = "ReplayQueue";

    /// <summary>See <see cref="IngestOptions.FeedsFile"/>.</summary>
    public const string FeedsFile = "FeedsFile";

    /// <summary>See <see cref="Fetching.FetchOptions.Contact"/>.</summary>
    public const string UserAgentContact = "UserAgentContact";

    /// <summary>Hosts that may be asked although they are not public, parted by commas.</summary>
    public const string AllowHosts = "AllowHosts";

    /// <summary>See <see cref="Fetching.FetchOptions.Proxy"/>.</summary>
    public const string Proxy = "FetchProxy";

    /// <summary>See <see cref="Pipeline.Live.LiveOptions.Rechecks"/>: times parted by commas, or <c>none</c>.</summary>
    public const string Rechecks = "Rechecks";

    /// <summary>See <see cref="Pipeline.PipelineOptions.LearnDays"/>; it is part of the pipeline version.</summary>
    public const string LearnDays = "LearnDays";

    /// <summary>See <see cref="Pipeline.Retention.RetentionOptions.CaptureDays"/>.</summary>
    public const string KeepCapturesDays = "KeepCapturesDays";

    /// <summary>See <see cref="Pipeline.Retention.RetentionOptions.ArticleDays"/>.</summary>
    public const string KeepArticlesDays = "KeepArticlesDays";

    /// <summary>See <see cref="Pipeline.Retention.RetentionOptions.QuarantineDays"/>.</summary>
    public const string KeepQuarantineDays = "KeepQuarantineDays";

    /// <summary>See <see cref="Fetching.FetchOptions.KeepsRawPages"/>: <c>keep</c> or <c>none</c>.</summary>
    public const string RawPages = "RawPages";
}
