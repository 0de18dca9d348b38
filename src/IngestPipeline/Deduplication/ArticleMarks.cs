namespace IngestPipeline.Deduplication;

/// <summary>What is known of an article in the window without reading its card.</summary>
[Flags]
internal enum ArticleMarks : ushort
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The article is in the window.</summary>
    Here = 1,

    /// <summary>Hardly more than a headline.</summary>
    Thin = 2,

    /// <summary>A text so short that each of its shingles is an anchor.</summary>
    Dense = 4,

    /// <summary>A text of so many words that it may come again after days.</summary>
    Long = 8,

    /// <summary>It leads a family of equal texts and is compared with others.</summary>
    Leading = 16,

    /// <summary>It has, or had, a relation to another article.</summary>
    Related = 32,

    /// <summary>Its site repeats a part of it.</summary>
    Repeating = 64,

    /// <summary>Its telling words are indexed.</summary>
    Telling = 128,

    /// <summary>It is, or was, related to another report by its telling words.</summary>
    StoryRelated = 256,

    /// <summary>A decision about it was returned.</summary>
    Decided = 512,

    /// <summary>What was decided is that it is unique and a story of its own.</summary>
    Alone = 1024,
}
