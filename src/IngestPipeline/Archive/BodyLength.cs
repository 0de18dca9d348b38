namespace IngestPipeline.Archive;

/// <summary>Finds answers whose length fields contradict each other; where they do, two readers see two bodies (RFC 9112 section 6.3).</summary>
internal static class BodyLength
{
    /// <summary>What is contradictory, in words; null when nothing is.</summary>
    public static string? Contradiction(HttpResponseMessage response)
    {
        if (!response.Content.Headers.NonValidated.TryGetValues("Content-Length", out var lengths))
            return null;
        if (lengths.SelectMany(l => l.Split(',')).Select(l => l.Trim()).Distinct(StringComparer.Ordinal).Count() > 1)
            return "the answer names two lengths";
        return lengths.Any(l => l.Contains('-', StringComparison.Ordinal)) ? "the answer names a negative length" : null;
    }
}
