namespace IngestPipeline.Simulation;

/// <summary>One page of the simulated web; pages of one number carry one text.</summary>
internal sealed record Story(string Host, int Number, string Title, IReadOnlyList<string> Text, DateTimeOffset At, StoryKind Kind)
{
    /// <summary>True where it takes the place of the story before it at the address of its outlet's bulletin.</summary>
    public bool IsBulletin { get; init; }

    public Uri Url => IsBulletin ? new($"https://{Host}/news/bulletin.html") : new(
        $"https://{Host}/{(Kind == StoryKind.Forbidden ? "private" : "news")}/story-{Number}.html");

    /// <summary>Its address after its outlet gave it another one.</summary>
    public Uri Readdressed => new($"https://{Host}/news/{Number}-final.html");

    public Uri MovedTo => new($"https://{Host}/archive/story-{Number}.html");
}
