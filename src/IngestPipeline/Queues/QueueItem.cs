namespace IngestPipeline.Queues;

/// <summary>A message as it was received.</summary>
/// <param name="Id">Its id in the queue.</param>
/// <param name="Body">The text that was sent.</param>
/// <param name="Receipt">What deleting or releasing it must show; stale once it is delivered again.</param>
/// <param name="Deliveries">How often it was delivered, this time included.</param>
/// <param name="Inserted">When it was sent.</param>
public sealed record QueueItem(string Id, string Body, string Receipt, long Deliveries, DateTimeOffset Inserted);
