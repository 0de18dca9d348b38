using System.Text;
using System.Xml;

namespace IngestPipeline.Feeds.Lists;

/// <summary>Writes a list of feeds as OPML 2.0 (http://opml.org/spec2.opml); feeds of one section stand in one folder.</summary>
public static class OpmlWriter
{
    /// <summary>The list as OPML in UTF-8.</summary>
    public static byte[] Write(FeedList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("opml");
            xml.WriteAttributeString("version", "2.0");
            xml.WriteStartElement("head");
            xml.WriteElementString("title", "Feeds");
            xml.WriteEndElement();
            xml.WriteStartElement("body");
            foreach (var section in list.Feeds.GroupBy(f => f.Section ?? "", StringComparer.Ordinal))
            {
                if (section.Key.Length > 0)
                {
                    xml.WriteStartElement("outline");
                    xml.WriteAttributeString("text", Clean(section.Key));
                }

                foreach (var feed in section)
                    Outline(xml, feed);
                if (section.Key.Length > 0)
                    xml.WriteEndElement();
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return [.. bytes.ToArray(), (byte)'\n'];
    }

    private static void Outline(XmlWriter xml, FeedSettings feed)
    {
        xml.WriteStartElement("outline");
        xml.WriteAttributeString("type", "rss");
        xml.WriteAttributeString("text", Clean(feed.Title ?? feed.Url.Host));
        if (feed.Title is { } title)
            xml.WriteAttributeString("title", Clean(title));
        xml.WriteAttributeString("xmlUrl", feed.Url.AbsoluteUri);
        xml.WriteEndElement();
    }

    // Titles come from outside and may hold what XML cannot.
    private static string Clean(string text) => string.Concat(text.Where((c, i) => XmlConvert.IsXmlChar(c)
        || (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
        || (char.IsLowSurrogate(c) && i > 0 && char.IsHighSurrogate(text[i - 1]))));
}
