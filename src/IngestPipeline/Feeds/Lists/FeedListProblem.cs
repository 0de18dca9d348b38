namespace IngestPipeline.Feeds.Lists;

/// <summary>What is wrong with a feeds file, where, and what to write instead.</summary>
/// <param name="Line">The line, from 1; 0 = the file as a whole.</param>
/// <param name="Message">What is wrong and what to write instead.</param>
public sealed record FeedListProblem(int Line, string Message);
