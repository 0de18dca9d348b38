namespace IngestPipeline.Records;

/// <summary>One immutable segment of decisions: one publication, or several that were joined, in their order.</summary>
/// <param name="Name">Its blob's name.</param>
/// <param name="Sha256">SHA-256 (hexadecimal) of its content.</param>
/// <param name="Decisions">How many lines it has.</param>
/// <param name="First">The number of its first publication.</param>
/// <param name="Last">The number of its last publication.</param>
/// <param name="Places">The blob of its lines' places, derived from it; null when there is none.</param>
internal sealed record DecisionSegment(string Name, string Sha256, int Decisions, int First, int Last, string? Places = null)
{
    /// <summary>The day that its publications were made for.</summary>
    public string Day => Name.Split('/') is [_, var day, ..] ? day : StoreNames.Undated;

    /// <summary>True when it holds one publication.</summary>
    public bool IsSingle => First == Last;
}
