namespace IngestPipeline.Extraction;

/// <summary>
/// Follows a page's tags and passes over what the parser takes for text and not for markup: scripts, styles, titles. What of it nobody reads is left out of the
/// lean page; so are comments and drawings. Where the parser may see it otherwise than it stands here, nothing more is left out.
/// </summary>
/// <param name="lean">The lean page; null when none is wanted.</param>
internal struct RawContent(LeanHtml? lean)
{
    private OpenDrawing _drawing;
    private bool _inSelect;

    /// <summary>True inside a list of options, where the parser passes over the tags of most elements.</summary>
    public readonly bool InSelect => _inSelect;

    /// <summary>
    /// Takes what starts with <c>&lt;!</c>, <c>&lt;?</c> or <c>&lt;/</c> and is no tag; <paramref name="at"/> is its second character. Returns where to go on.
    /// </summary>
    public readonly int Declaration(ReadOnlySpan<char> html, int at)
    {
        // Text in a drawing, a comment elsewhere.
        if (html[at..].StartsWith("![CDATA["))
            return Doubt(at);

        var end = HtmlTags.DeclarationEnd(html, at);
        if (end < 0)
            return Doubt(at + 1);
        if (html[at..].StartsWith("!--"))
            lean?.Cut(at + 3, end - (html[end - 2] == '!' ? 4 : 3));
        return end;
    }

    /// <summary>Takes an end tag that stands at <paramref name="at"/>.</summary>
    public void Close(ReadOnlySpan<char> name, TagId id, int at)
    {
        if (_drawing.IsOpen)
        {
            if (_drawing.Close(name, id == TagId.Svg, out var mark))
                lean?.CutFrom(mark, at);
        }
        else if (id == TagId.Select)
        {
            _inSelect = false;
        }
    }

    /// <summary>Takes a start tag whose name, and which itself, end before the places given; returns where to go on.</summary>
    public int Open(ReadOnlySpan<char> html, ReadOnlySpan<char> name, HtmlTag tag, int nameEnd, int at, bool isClosed)
    {
        if (_drawing.IsOpen)
            _drawing.Open(html, name, at, isClosed);
        if (tag.Role is TagRole.Raw or TagRole.Script or TagRole.Style)
            return Pass(html, name, tag.Role, at);

        switch (tag.Id)
        {
            // It takes the body's place unless something was in that which counts, were it a text in a drawing; and what a template shows stands before what
            // was found to stand at the start of its element.
            case TagId.Frameset:
            case TagId.Template when html[nameEnd..at].Contains("shadowrootmode", StringComparison.OrdinalIgnoreCase):
                lean?.KeepAll();
                break;
            // There the parser makes an element of some tags, passes over others, and keeps the list open where its end tag stands.
            case not (TagId.Select or TagId.Option or TagId.Optgroup) when _inSelect:
                Doubt(at);
                break;
            case TagId.Svg when !isClosed:
                _drawing.Start(lean?.Mark(at) ?? 0);
                break;
            case TagId.Noscript:
                // The parser runs no scripts and reads as if it did: what stands here is text, but not in a drawing and not in a list of options.
                return _drawing.IsOpen || _inSelect || HtmlTags.RawEnd(html, at, name) < 0 ? Doubt(at) : Pass(html, name, tag.Role, at);
            case TagId.Select:
                _inSelect = true;
                break;
            case TagId.Plaintext or TagId.Math:
                Doubt(at);
                break;
        }

        return at;
    }

    private readonly int Pass(ReadOnlySpan<char> html, ReadOnlySpan<char> name, TagRole role, int at)
    {
        var end = HtmlTags.RawEnd(html, at, name);
        if (end < 0)
            return html.Length;

        if (lean is null)
            return end;

        var content = html[at..end];
        if (_drawing.IsOpen || _inSelect)
        {
            // Markup there.
            if (_inSelect || content.Contains('<'))
                lean.Stop();
        }
        else if (role == TagRole.Script)
        {
            // A script's script hides its end.
            if (content.IndexOf("<!--") >= 0 && content.IndexOf("<script", StringComparison.OrdinalIgnoreCase) >= 0)
                lean.Stop();
            else
                lean.CutScript(at, end);
        }
        else if (role != TagRole.Raw)
        {
            lean.Cut(at, end);
        }

        return end;
    }

    private readonly int Doubt(int at)
    {
        lean?.Stop();
        return at;
    }
}
