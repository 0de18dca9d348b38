namespace IngestPipeline.Search;

/// <summary>A record that a search found.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Day">Its day.</param>
/// <param name="FirstSeen">When it was first seen, as RFC 3339; null for undated input.</param>
/// <param name="Outlet">The outlet's name.</param>
/// <param name="Language">Its language.</param>
/// <param name="Title">The headline.</param>
/// <param name="Url">Its address.</param>
/// <param name="Kind">What it is to others: <c>unique</c>, <c>original</c>, <c>near</c> …</param>
/// <param name="CanonicalId">The record that it repeats, or its own id.</param>
/// <param name="StoryId">Its story.</param>
/// <param name="Snippet">Some of its text; what was found stands between <see cref="SearchIndex.MarkStart"/> and <see cref="SearchIndex.MarkEnd"/>.</param>
public sealed record SearchHit(
    string Id, string Day, string? FirstSeen, string? Outlet, string? Language, string? Title, string? Url, string Kind, string CanonicalId, string StoryId,
    string Snippet);
