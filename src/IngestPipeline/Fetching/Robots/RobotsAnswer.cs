namespace IngestPipeline.Fetching.Robots;

/// <summary>What is known of an origin's robots.txt when a page is about to be asked for.</summary>
/// <param name="Rules">What it says; null when it cannot be had now.</param>
/// <param name="Verdict">What that means for the page; null when there are rules.</param>
/// <param name="WasAsked">True when the file was asked for just now.</param>
internal sealed record RobotsAnswer(RobotsRules? Rules, FetchVerdict? Verdict, bool WasAsked);
