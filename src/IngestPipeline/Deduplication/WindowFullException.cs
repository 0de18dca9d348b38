using System.Globalization;

namespace IngestPipeline.Deduplication;

/// <summary>
/// The copy window would hold more articles than it can number. Thrown before any of them is taken in, so that the window is what it was: after
/// articles have left it, others fit again.
/// </summary>
/// <param name="here">Articles in the window.</param>
/// <param name="more">Articles that a batch brings and the window has not.</param>
/// <param name="most">Articles that it can hold.</param>
internal sealed class WindowFullException(int here, int more, int most)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"the copy window holds {here} of {most} articles at most, and {more} more come"));
