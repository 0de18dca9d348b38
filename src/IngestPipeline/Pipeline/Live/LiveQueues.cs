using IngestPipeline.Queues;

namespace IngestPipeline.Pipeline.Live;

/// <summary>The queues of a live pipeline.</summary>
/// <param name="Feeds">Feeds to read.</param>
/// <param name="Articles">Articles to work on.</param>
/// <param name="Replays">Segments of archives to replay.</param>
public sealed record LiveQueues(IWorkQueue Feeds, IWorkQueue Articles, IWorkQueue Replays)
{
    /// <summary>Where messages go that were given up; looked at for the figures alone.</summary>
    public IReadOnlyList<IWorkQueue> Poison { get; init; } = [];

    /// <summary>The queue of work that has a name; null when none has.</summary>
    public IWorkQueue? Find(string name) => new[] { Feeds, Articles, Replays }.FirstOrDefault(q => q.Name == name);
}
