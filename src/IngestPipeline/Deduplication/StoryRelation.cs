namespace IngestPipeline.Deduplication;

/// <summary>Two reports on one event.</summary>
/// <param name="Cosine">How like their telling words are, in 1/10,000.</param>
/// <param name="Joins">True when that is enough to join the two; else it only counts towards joining the sets that they are in.</param>
/// <param name="IsOpen">True while their telling words alone were compared: whether the two are related, see <see cref="StoryIndex.RelationOf"/>, was not asked
/// yet.</param>
internal readonly record struct StoryRelation(int Cosine, bool Joins, bool IsOpen = false);
