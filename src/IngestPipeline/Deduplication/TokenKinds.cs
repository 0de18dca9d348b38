namespace IngestPipeline.Deduplication;

/// <summary>What a token is, as far as a comparison of facts needs it.</summary>
[Flags]
internal enum TokenKinds : byte
{
    /// <summary>A word in lower case, or of a script without case.</summary>
    None = 0,

    /// <summary>Holds a digit, or is a number word.</summary>
    Number = 1,

    /// <summary>Starts with a capital letter.</summary>
    Capital = 2,

    /// <summary>The first token of a sentence, where a capital says nothing.</summary>
    SentenceStart = 4,

    /// <summary>The first token of a paragraph.</summary>
    ParagraphStart = 8,

    /// <summary>Stands between quotation marks.</summary>
    Quoted = 16,
}
