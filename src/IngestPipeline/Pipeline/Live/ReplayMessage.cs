namespace IngestPipeline.Pipeline.Live;

/// <summary>Asks for an archive to be replayed into a run, or for one part of that work.</summary>
/// <param name="Version">The message's shape: <see cref="MessageJson.Version"/>.</param>
/// <param name="Archive">The prefix of the archive's blobs in the store, such as <c>capture/</c>.</param>
/// <param name="Run">The pipeline version that the run is written with.</param>
/// <param name="Segment">The part (<see cref="Backfill.BackfillPart"/>); null = the start, which cuts the archive into segments.</param>
/// <param name="Trace">The <c>traceparent</c> of what sent it; null = none.</param>
public sealed record ReplayMessage(int Version, string Archive, string Run, string? Segment, string? Trace);
