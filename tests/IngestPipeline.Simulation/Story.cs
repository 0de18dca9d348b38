namespace IngestPipeline.Simulation;

/// <summary>One page of the simulated web; pages of one number carry one text.</summary>
internal sealed record Story(string Host, int Number, string Title, IReadOnlyList<string> Text, DateTimeOffset At, StoryKind Kind)
{
    public Uri Url => new($"https://{Host}/{(Kind == StoryKind.Forbidden ? "private" : "news")}/story-{Number}.html");

    /// <summary>Its address after its outlet gave it another one.</summary>
    public Uri Readdressed => new($"https://{Host}/news/{Number}-final.html");

    public Uri MovedTo => new($"https://{Host}/archive/story-{Number}.html");
}
