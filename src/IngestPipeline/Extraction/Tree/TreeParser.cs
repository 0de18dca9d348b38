using System.Runtime.InteropServices;
using AngleSharp;
using AngleSharp.Html.Parser;
using AngleSharp.Text;

namespace IngestPipeline.Extraction.Tree;

/// <summary>
/// Parses pages as browsers do: AngleSharp's tokenizer and tree construction, building <see cref="TreeDocument"/>s. Safe to use from several threads.
/// </summary>
internal static class TreeParser
{
    // Comments and most attributes carry nothing that is read, and positions are not asked for. Browsers with scripts take what stands in noscript for one
    // text; read as elements, one that is not closed in it would swallow the page.
    private static readonly HtmlParserOptions Options =
        new() { SkipComments = true, DisableElementPositionTracking = true, IsScripting = true, ShouldEmitAttribute = ReadAttributes.Filter };

    private static readonly HtmlParser Parser = new(Options, BrowsingContext.New(Configuration.Default.With(new TreeFactory())));

    private static readonly HtmlParser OwnTree = new(Options);

    /// <summary>Parses a page; what <see cref="HtmlPreScan"/> refuses must not come here.</summary>
    public static TreeDocument Parse(string html) => Parse(html.AsMemory());

    /// <summary>Parses a page that <see cref="HtmlPreScan"/> let through, without what it left out. The document must be disposed first.</summary>
    public static TreeDocument Parse(LeanHtml lean)
    {
        var document = Parse(lean.Finish());
        document.LeftOut = lean;
        return document;
    }

    /// <summary>Parses a page; what <see cref="HtmlPreScan"/> refuses must not come here. The document must be disposed before the text changes.</summary>
    public static TreeDocument Parse(ReadOnlyMemory<char> html)
    {
        // Some pages end up with an empty stack of open elements, for which AngleSharp has no answer but this one.
        TreeDocument? document = null;
        var isLent = ParserLetters.Lend(html.Length);
        try
        {
            document = Parser.ParseDocument<TreeDocument, TreeElement>(Source(html));
        }
        catch (Exception fault) when (fault is NullReferenceException or ArgumentException or IndexOutOfRangeException or InvalidOperationException)
        {
        }

        if (document is { IsMisbuilt: false })
        {
            document.Lent = isLent ? html.Length : 0;
            return document;
        }

        document?.Dispose();
        if (isLent)
            ParserLetters.TakeBack(html.Length);
        using var own = OwnTree.ParseDocument(html.ToString());
        return TreeCopy.Of(own);
    }

    // A letter is read in fewer steps from an array than from memory of any kind.
    private static TextSource Source(ReadOnlyMemory<char> html) =>
        MemoryMarshal.TryGetArray(html, out var letters) && letters is { Array: { } array, Offset: 0 }
        ? new(new CharArrayTextSource(array, letters.Count))
        : new(new ReadOnlyMemoryTextSource(html));
}
