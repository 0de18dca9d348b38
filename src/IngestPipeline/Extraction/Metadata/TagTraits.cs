using System.Collections.Frozen;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>What an element's name says about the part that it plays in a page's text.</summary>
[Flags]
internal enum TagTraits
{
    /// <summary>A block: it ends the line before it and its own.</summary>
    None = 0,

    /// <summary>It stands inside a line.</summary>
    Inline = 1,

    /// <summary>Its content is no visible text.</summary>
    Skip = 2,

    /// <summary>Its attributes say nothing about the article.</summary>
    Mute = 4,

    /// <summary>It is never the article, whatever its class.</summary>
    Aside = 8,

    /// <summary>It may hold the article, whatever its class.</summary>
    NeverAside = 16,

    /// <summary>A heading that may be the headline.</summary>
    Heading = 32,

    /// <summary>So large that its class marks nothing.</summary>
    Whole = 64,

    /// <summary>A <c>time</c> element.</summary>
    Time = 128,
}

/// <summary>The traits of the elements of HTML, by name.</summary>
internal static class TagTable
{
    private static readonly FrozenDictionary<string, TagTraits> Traits = Read();

    public static TagTraits Of(string name) => Traits.GetValueOrDefault(name);

    private static FrozenDictionary<string, TagTraits> Read()
    {
        var traits = new Dictionary<string, TagTraits>(StringComparer.Ordinal);
        Add(TagTraits.Inline, "a span b i em strong time small font u abbr sup sub address cite label img bdi mark s q code ins del wbr tt big");
        Add(TagTraits.Skip, "script style noscript template svg iframe select textarea meta link title object canvas math rt rp video audio");
        Add(TagTraits.Mute, "img br source input picture hr option wbr");
        Add(TagTraits.Aside, "nav footer aside form");
        Add(TagTraits.NeverAside, "html body main article time h1");
        Add(TagTraits.Heading, "h1 h2 h3");
        Add(TagTraits.Whole, "html body main article");
        Add(TagTraits.Time, "time");
        return traits.ToFrozenDictionary(StringComparer.Ordinal);

        void Add(TagTraits trait, string names)
        {
            foreach (var name in names.Split(' '))
                traits[name] = traits.GetValueOrDefault(name) | trait;
        }
    }
}
