using IngestPipeline.Feeds.Xml;

namespace IngestPipeline.Feeds.Text;

/// <summary>Writes elements of a feed document out as HTML: without namespaces, addresses absolute.</summary>
internal static class HtmlWriter
{
    /// <summary>Writes a start tag; for an empty element its end as well.</summary>
    public static void Start(TextBuffer output, XmlTokenizer xml)
    {
        output.Append('<').Append(NameOf(xml));
        for (var i = 0; i < xml.AttributeCount; i++)
        {
            var name = xml.AttributeName(i);
            if (IsNamespace(name, xml) || name.SequenceEqual("xml:base") || name.SequenceEqual("xml:space"))
                continue;
            var value = xml.AttributeValue(i);
            if (xml.Base is { } baseUri && HtmlLinks.IsAddress(name))
                value = HtmlLinks.ResolveAddress(value, baseUri);
            output.Append(' ').Append(name.StartsWith("xml:lang") ? name[4..] : name).Append("=\"");
            Escape(output, value, inAttribute: true);
            output.Append('"');
        }
        if (!xml.IsEmpty)
            output.Append('>');
        else if (IsVoid(xml.Name.Local))
            output.Append(" />");
        else
            output.Append("></").Append(NameOf(xml)).Append('>');
    }

    /// <summary>Writes an end tag.</summary>
    public static void End(TextBuffer output, XmlTokenizer xml) => output.Append("</").Append(NameOf(xml)).Append('>');

    /// <summary>Writes text so that it reads the same as HTML.</summary>
    public static void Escape(TextBuffer output, ReadOnlySpan<char> text, bool inAttribute)
    {
        var special = inAttribute ? "&<>\"" : "&<>";
        while (text.IndexOfAny(special) is >= 0 and var at)
        {
            output.Append(text[..at]).Append(text[at] switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", _ => "&quot;" });
            text = text[(at + 1)..];
        }
        output.Append(text);
    }

    // Foreign vocabularies (MathML, SVG) keep the declaration that HTML knows them by.
    private static bool IsNamespace(ReadOnlySpan<char> name, XmlTokenizer xml) =>
        name.StartsWith("xmlns:") || name.SequenceEqual("xmlns") && xml.Vocabulary is not XmlVocabulary.Unknown;

    private static string NameOf(XmlTokenizer xml) => xml.Vocabulary is XmlVocabulary.Xhtml && xml.Name.Prefix.Length > 0 ? xml.Name.Local : xml.Name.Raw;

    // https://html.spec.whatwg.org/multipage/syntax.html#void-elements
    private static bool IsVoid(string name) => name is "area" or "base" or "br" or "col" or "embed" or "hr" or "img" or "input" or "link" or "meta"
        or "param" or "source" or "track" or "wbr" or "basefont" or "frame";
}
