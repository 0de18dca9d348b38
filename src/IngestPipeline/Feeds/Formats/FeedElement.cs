using System.Text;
using IngestPipeline.Feeds.Dates;
using IngestPipeline.Feeds.Text;
using IngestPipeline.Feeds.Xml;

namespace IngestPipeline.Feeds.Formats;

/// <summary>The element that an adapter is asked to read: what it is called, and its content in the form the adapter wants.</summary>
internal sealed class FeedElement(XmlTokenizer xml, Repairs repairs)
{
    private const int LongestPerson = 4096;

    private readonly StringBuilder _loose = new();
    private readonly ElementText _text = new(repairs);

    /// <summary>The element's name without its prefix, in lower case.</summary>
    public string Local => xml.Name.Local;

    /// <summary>Its vocabulary.</summary>
    public XmlVocabulary Vocabulary => xml.Vocabulary;

    /// <summary>How many elements are open, this one included.</summary>
    public int Depth => xml.Depth;

    /// <summary>The depth of the entry or feed that is being read.</summary>
    public int ParentDepth { get; set; }

    /// <summary>0 for a direct child, more for one inside other elements.</summary>
    public int Nesting => xml.Depth - ParentDepth - 1;

    /// <summary>The language in force.</summary>
    public string? Language => xml.Language;

    /// <summary>An attribute by its name as written; null when absent.</summary>
    public string? Attribute(string name) => xml.Attribute(name);

    /// <summary>Reads the element to its end as a text; null when it is empty.</summary>
    public string? Text(TextKind kind = TextKind.Plain) => _text.Read(xml, kind) is { Length: > 0 } text ? text : null;

    /// <summary>Reads the element to its end as a date; null when it is none.</summary>
    public DateTimeOffset? Date() => FeedDate.Parse(Text());

    /// <summary>Reads the element to its end as an absolute address where a base is known; null when it is empty.</summary>
    public string? Address()
    {
        var baseUri = xml.Base;
        return Text() is { } text ? Absolute(text, baseUri) : null;
    }

    /// <summary>An attribute as an absolute address; null when it is absent.</summary>
    public string? AddressAttribute(string name) => xml.Attribute(name) is { } value && value.Trim().Length > 0 ? Absolute(value, xml.Base) : null;

    /// <summary>Goes past the element.</summary>
    public void Skip() => xml.Skip();

    /// <summary>Goes to the next element inside the one that is open at a depth.</summary>
    /// <returns>False when that one's end is reached.</returns>
    public bool NextInside(int depth)
    {
        while (xml.Read())
        {
            if (xml.Kind == XmlTokenKind.Start)
                return true;
            if (xml.Kind == XmlTokenKind.End && xml.Depth <= depth)
                return false;
        }
        return false;
    }

    /// <summary>Reads the element to its end as an identifier: a text, made absolute only where it is clearly an address.</summary>
    public string? Identifier()
    {
        var baseUri = xml.Base;
        return Text() is { } id ? id.StartsWith('/') ? Absolute(id, baseUri) : id : null;
    }

    /// <summary>Reads a person: Atom's name, email and uri, or a text such as "mail@example.com (Name)".</summary>
    public IReadOnlyList<string> Person()
    {
        var depth = xml.Depth;
        string? name = null, mail = null, uri = null;
        var loose = _loose.Clear();
        while (xml.Read() && !(xml.Kind == XmlTokenKind.End && xml.Depth <= depth))
        {
            if (xml.Kind == XmlTokenKind.Text && loose.Length < LongestPerson)
                loose.Append(xml.Text);
            else if (xml.Kind == XmlTokenKind.Start && xml.Name.Local == "name")
                name = Text() ?? name;
            else if (xml.Kind == XmlTokenKind.Start && xml.Name.Local is "email")
                mail = Text() ?? mail;
            else if (xml.Kind == XmlTokenKind.Start && xml.Name.Local is "uri" or "url" or "homepage")
                uri = Text() ?? uri;
        }
        return name is not null
            ? [name]
            : Persons.Names(DoubleEncoding.Mend(loose.ToString(), repairs)) is { Count: > 0 } names
            ? names
            : mail is not null
            ? [mail]
            : uri is not null
            ? [uri]
            : [];
    }

    /// <summary>Relative addresses start from the site that the channel names, unless xml:base says otherwise.</summary>
    public void UseSiteLink(string? link)
    {
        if (link is not null && UriReference.IsAbsolute(link))
            xml.Rebase(link);
    }

    /// <summary>The element's namespace counts as this vocabulary from here on.</summary>
    public void Adopt(XmlVocabulary vocabulary) => xml.Adopt(vocabulary);

    private static string Absolute(string address, string? baseUri)
    {
        var trimmed = address.Trim();
        // Browsers drop line breaks and tabs inside an address (https://url.spec.whatwg.org/#concept-basic-url-parser).
        if (trimmed.AsSpan().ContainsAny('\n', '\t'))
            trimmed = string.Concat(trimmed.Where(c => c is not ('\n' or '\t')));
        return UriReference.Resolve(baseUri, trimmed);
    }
}
