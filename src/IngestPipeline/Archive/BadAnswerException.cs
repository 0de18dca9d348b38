namespace IngestPipeline.Archive;

/// <summary>An answer that is given up: too slow, or contradicting itself.</summary>
internal sealed class BadAnswerException(string kind, string message) : Exception(message)
{
    /// <summary>The kind of failure that is recorded.</summary>
    public string Kind { get; } = kind;
}
