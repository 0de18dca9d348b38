namespace IngestPipeline.Feeds.Xml;

/// <summary>An element's name as written, and its parts.</summary>
/// <param name="Raw">The name as written.</param>
/// <param name="Prefix">The part before the first colon; empty when there is none.</param>
/// <param name="Local">The part after it, in lower case: feeds write pubDate, pubdate and PubDate.</param>
internal sealed record XmlName(string Raw, string Prefix, string Local)
{
    /// <summary>Equal for names that differ in case only.</summary>
    public int FoldedHash { get; } = HashOf(Raw);

    /// <summary>The <see cref="FoldedHash"/> of a name.</summary>
    public static int HashOf(ReadOnlySpan<char> raw) => string.GetHashCode(raw, StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes a name apart.</summary>
    public static XmlName Parse(ReadOnlySpan<char> raw)
    {
        var colon = raw.IndexOf(':');
        return colon <= 0 || colon == raw.Length - 1
            ? new(raw.ToString(), "", raw.Trim(':').ToString().ToLowerInvariant())
            : new(raw.ToString(), raw[..colon].ToString(), raw[(colon + 1)..].ToString().ToLowerInvariant());
    }
}
