namespace IngestPipeline.Records;

/// <summary>One immutable segment of the copy index: of one publication, or of several that were joined.</summary>
/// <param name="Name">Its blob's name.</param>
/// <param name="Sha256">SHA-256 (hexadecimal) of its content.</param>
/// <param name="Articles">How many articles it describes.</param>
/// <param name="First">The number of its first publication.</param>
/// <param name="Last">The number of its last publication.</param>
/// <param name="Newest">When the latest of the articles that it speaks of was first seen, in UTC ticks: it is dropped when that has left the window.</param>
/// <param name="Cards">The files of its articles' cards.</param>
internal sealed record IndexSegment(string Name, string Sha256, int Articles, int First, int Last, long Newest, IReadOnlyList<CardBlob> Cards)
{
    /// <summary>The day that its publications were made for.</summary>
    public string Day => Name.Split('/') is [_, var day, ..] ? day : StoreNames.Undated;

    /// <summary>Everything that it consists of.</summary>
    public IEnumerable<string> Names => Cards.Select(c => c.Name).Prepend(Name);
}
