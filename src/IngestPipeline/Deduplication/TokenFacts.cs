namespace IngestPipeline.Deduplication;

/// <summary>Which tokens state a fact that a copy keeps and another report may give differently.</summary>
internal static class TokenFacts
{
    /// <summary>The kinds that say whether a token is a name: it is one where <see cref="TokenKinds.Capital"/> alone of them is set.</summary>
    public const TokenKinds NameMask = TokenKinds.Capital | TokenKinds.SentenceStart | TokenKinds.Number;

    public static bool IsNumber(TokenKinds kinds) => (kinds & TokenKinds.Number) != TokenKinds.None;

    /// <summary>True for a word with a capital where no sentence begins, which is no number.</summary>
    public static bool IsName(TokenKinds kinds) => (kinds & NameMask) == TokenKinds.Capital;
}
