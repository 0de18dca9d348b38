using System.Runtime.InteropServices;
using IngestPipeline.Extraction.StructuredData;
using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>
/// What one walk over a page found that may say something about its article. Positions count the page's elements in order. What is read time and
/// again stands in lists and not behind interfaces; nobody adds to them.
/// </summary>
internal sealed record PageScan
{
    private Dictionary<string, List<PageMeta>>? _byName;
    private List<PageMark>? _authorMarks;
    private LineDay[]? _days;

    /// <summary>The <c>html</c> element's language; null when it names none.</summary>
    public string? Language { get; init; }

    /// <summary>The page's title; null when it has none.</summary>
    public string? Title { get; init; }

    /// <summary>The <c>meta</c> elements that have a name and a content, in order; names in lower case.</summary>
    public required List<PageMeta> Metas { get; init; }

    /// <summary>The <c>link</c> elements' addresses: <c>canonical</c>, <c>image_src</c> and <c>author</c>.</summary>
    public required IReadOnlyList<PageLink> Links { get; init; }

    /// <summary>The texts of the page's JSON-LD scripts; good while the document lives.</summary>
    public required IReadOnlyList<ReadOnlyMemory<char>> LinkedData { get; init; }

    /// <summary>The page's microdata and RDFa Lite things, in order.</summary>
    public required IReadOnlyList<JsonValue> Microdata { get; init; }

    /// <summary>The headings, in order.</summary>
    public required List<PageHeading> Headings { get; init; }

    /// <summary>The elements that call themselves an author's or a date's, in order; some have neither text nor value. Good while the document lives.</summary>
    public required List<PageMark> Marks { get; init; }

    /// <summary>Those of <see cref="Marks"/> that call themselves an author's, in order.</summary>
    public List<PageMark> AuthorMarks => _authorMarks ??= [.. Marks.Where(m => m.Kinds.HasFlag(MarkKinds.Author) && PageCues.IsAuthor(m.Cues) && !m.IsEmpty)];

    /// <summary>Those of <see cref="Marks"/> that are links to an author's page and call themselves nothing.</summary>
    public IEnumerable<PageMark> AuthorLinks => Marks.Where(m => m.Kinds.HasFlag(MarkKinds.Author) && m.Tag == "a" && !PageCues.IsAuthor(m.Cues) && !m.IsEmpty);

    /// <summary>The lines of visible text, in order, long ones cut.</summary>
    public required List<PageLine> Lines { get; init; }

    /// <summary>Where in the lines the second and further pieces of text begin, which stand in elements of their own; line after line.</summary>
    public required List<ushort> Joints { get; init; }

    /// <summary>What <see cref="Signature"/> found of days in the lines that it was asked about.</summary>
    public Span<LineDay> Days => _days ??= new LineDay[Lines.Count];

    /// <summary>Where in a line its pieces begin, but for the first.</summary>
    public ReadOnlySpan<ushort> JointsOf(int line) =>
        CollectionsMarshal.AsSpan(Joints)[Lines[line].Joints..(line + 1 < Lines.Count ? Lines[line + 1].Joints : Joints.Count)];

    /// <summary>The elements that are not the article: navigation, comments, teasers.</summary>
    public required List<PageRegion> Regions { get; init; }

    /// <summary>The first content of any of the names, the earlier name first; null when none has one.</summary>
    public PageMeta? Meta(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (MetasOf(name) is [var meta, ..])
                return meta;
        }

        return null;
    }

    /// <summary>The <c>meta</c> elements of a name, in order.</summary>
    public List<PageMeta> MetasOf(string name)
    {
        if (_byName is null)
        {
            _byName = new(Metas.Count, StringComparer.Ordinal);
            foreach (var meta in Metas)
            {
                if (_byName.TryGetValue(meta.Name, out var same))
                    same.Add(meta);
                else
                    _byName.Add(meta.Name, [meta]);
            }
        }

        return _byName.TryGetValue(name, out var found) ? found : [];
    }

    /// <summary>True when a position lies in a region that is not the article's; a region that holds <paramref name="headline"/> does not count.</summary>
    public bool IsAside(int region, int headline)
    {
        for (var i = region; i >= 0; i = Regions[i].Parent)
        {
            if (headline < Regions[i].Start || headline > Regions[i].End)
                return true;
        }

        return false;
    }
}

/// <summary>A <c>meta</c> element.</summary>
internal readonly record struct PageMeta(string Name, string Content);

/// <summary>A <c>link</c> element.</summary>
internal readonly record struct PageLink(string Rel, string Address);

/// <summary>A heading.</summary>
/// <param name="IsHome">True when it links to the site's front page, or calls itself the site's title.</param>
internal readonly record struct PageHeading(int Level, string Text, int Position, int Region, bool IsHome);

/// <summary>A line of visible text: what stands between two block boundaries.</summary>
/// <param name="Text">The text, white space folded, at most <see cref="PageScanner.MaxLine"/> characters.</param>
/// <param name="Length">How long the whole line is.</param>
/// <param name="Joints">Where its joints begin in <see cref="PageScan.Joints"/>; they end where the next line's begin.</param>
internal readonly record struct PageLine(string Text, int Length, int Position, int Region, int Joints);

/// <summary>What is known of the day that a short line names.</summary>
internal enum LineDay : byte
{
    Unknown,
    None,

    /// <summary>A day behind many words, which do not call it a date.</summary>
    Inside,

    /// <summary>A day at the line's beginning, or one that is called a date.</summary>
    Early,
}

/// <summary>A region that is not the article's: from its element to its last descendant.</summary>
internal readonly record struct PageRegion(int Start, int End, int Parent);

/// <summary>What a marked element calls itself.</summary>
[Flags]
internal enum MarkKinds
{
    None = 0,
    Author = 1,
    Date = 2,
    Time = 4,
}

/// <summary>
/// An element that calls itself an author's or a date's. Most of a page's are too far from its headline to be read: what they say is looked up when it is asked
/// for.
/// </summary>
/// <param name="kinds">What it calls itself.</param>
/// <param name="element">The element; its document must live.</param>
/// <param name="value">A machine-readable value: <c>datetime</c>, <c>content</c>, <c>title</c> …; null when it has none.</param>
/// <param name="position">Its position.</param>
/// <param name="region">Its region.</param>
internal sealed class PageMark(MarkKinds kinds, TreeElement element, string? value, int position, int region)
{
    private IReadOnlyList<string>? _runs;
    private string? _cues;
    private string? _text;
    private int _elements;

    public MarkKinds Kinds => kinds;

    public string Tag => element.LocalName;

    public string? Value => value;

    public int Position => position;

    public int Region => region;

    /// <summary>The attributes' values that said so, in lower case.</summary>
    public string Cues => _cues ??= ElementCues.NamesOf(element);

    /// <summary>Its text nodes, trimmed.</summary>
    public IReadOnlyList<string> Runs => _runs ??= Read();

    /// <summary>Its runs as one text.</summary>
    public string Text => _text ??= Runs.Count == 1 ? Runs[0] : string.Join(' ', Runs);

    /// <summary>The position of its last descendant.</summary>
    public int End
    {
        get
        {
            _runs ??= Read();
            return position + _elements;
        }
    }

    /// <summary>True when it says nothing.</summary>
    public bool IsEmpty => value is null && Runs.Count == 0;

    private IReadOnlyList<string> Read()
    {
        var isAuthor = kinds.HasFlag(MarkKinds.Author);
        return NodeText.Runs(element, isAuthor ? PageScanner.MaxLine : PageScanner.MaxDate, isAuthor ? 140 : 42, out _elements);
    }
}
