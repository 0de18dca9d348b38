using IngestPipeline.Extraction;

namespace IngestPipeline.Pipeline.Pages;

/// <summary>
/// Recognises the page that asks for consent in place of the article: by where the site led, and by its form, never by its wording, which comes
/// in every language.
/// </summary>
internal static class ConsentPage
{
    private static readonly string[] Words =
        ["consent", "consents", "gdpr", "dsgvo", "cookiewall", "privacywall", "privacygate", "cmp", "cookies", "consentgate", "cookieconsent"];
    private static readonly char[] Breaks = ['.', '/', '-', '_'];

    /// <summary>Why the page is taken for one; null when it is not.</summary>
    /// <param name="asked">The address that was asked for.</param>
    /// <param name="answered">The address that answered, after redirects.</param>
    /// <param name="page">What stands there.</param>
    /// <param name="body">Its bytes.</param>
    public static string? Reason(Uri asked, Uri answered, ExtractedArticle page, ReadOnlySpan<byte> body)
    {
        // What calls itself an article is one, also an article on consent.
        if (page.Metadata.IsTypedArticle)
            return null;
        var moved = asked.IdnHost != answered.IdnHost || asked.AbsolutePath != answered.AbsolutePath;
        if (moved && Names(answered) && !Names(asked))
            return "a page that asks for consent stands before the article";
        return page.Outcome != ExtractionOutcome.Article && HasForm(body) ? "a page that asks for consent stands in place of the article" : null;
    }

    private static bool Names(Uri url) =>
        (url.IdnHost + url.AbsolutePath)
            .ToLowerInvariant()
            .Split(Breaks, StringSplitOptions.RemoveEmptyEntries)
            .Any(p => Words.Contains(p, StringComparer.Ordinal));

    // <form action="https://consent.post.example/save">
    private static bool HasForm(ReadOnlySpan<byte> body)
    {
        for (var at = body.IndexOf("<form"u8); at >= 0 && at < body.Length;)
        {
            var tag = body[at..Math.Min(body.Length, at + 1_000)];
            if (tag.IndexOf((byte)'>') is > 0 and var end)
                tag = tag[..end];
            if (tag.IndexOf("action"u8) is >= 0 and var action && tag[action..].IndexOf("consent"u8) >= 0)
                return true;
            var next = body[(at + 5)..].IndexOf("<form"u8);
            at = next < 0 ? -1 : at + 5 + next;
        }

        return false;
    }
}
