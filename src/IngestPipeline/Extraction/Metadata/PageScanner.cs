using IngestPipeline.Extraction.StructuredData;
using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>Walks a page once, without recursion, and collects what may say something about its article.</summary>
internal sealed class PageScanner
{
    public const int MaxLine = 300;
    public const int MaxDate = 160;
    public const int MaxLines = 6_000;
    public const int MaxMarks = 1_500;
    public const int MaxMetas = 1_000;
    public const int MaxScripts = 100;
    private const int MaxRegions = 20_000;

    // Most pages have no more lines.
    private const int Usual = 256;

    private readonly List<PageMeta> _metas = [];
    private readonly List<PageLink> _links = [];
    private readonly List<ReadOnlyMemory<char>> _linkedData = [];
    private readonly List<PageHeading> _headings = [];
    private readonly List<PageMark> _marks = [];
    private readonly List<PageLine> _lines = new(Usual);
    private readonly List<PageRegion> _regions = [];
    private readonly TreeDocument _document;
    private readonly NameTable _names;
    private readonly MicrodataBuilder _microdata = new();
    private readonly List<ushort> _joints = new(Usual);
    private readonly LineBuffer _line;
    private int _lineJoints;
    private readonly HeadingText _heading = new();
    private int _lineLength;
    private int _linePosition;
    private int _lineRegion = -1;
    private int _position;
    private int _region = -1;
    private string? _title;
    private string? _language;

    private PageScanner(TreeDocument document) => (_document, _names, _line) = (document, document.Names, new(_joints));

    public static PageScan Scan(TreeDocument document) => new PageScanner(document).Walk();

    private PageScan Walk()
    {
        var open = new Frame[64];
        var depth = 0;
        if (_document.Root is { } root)
            open[depth++] = Enter(root, root.Name.Traits);

        while (depth > 0)
        {
            ref var frame = ref open[depth - 1];
            if (frame.Next == frame.Element.Count)
            {
                Leave(frame);
                depth--;
                continue;
            }

            var child = frame.Element[frame.Next++];
            if (child is TreeElement element)
            {
                var tag = element.Name.Traits;
                if ((tag & TagTraits.Skip) != 0)
                {
                    TakeSkipped(element);
                    continue;
                }

                if (depth == open.Length)
                    Array.Resize(ref open, 2 * depth);
                open[depth++] = Enter(element, tag);
            }
            else if (child is TreeText text)
            {
                Append(text.Span);
            }
        }

        EndLine();
        return new()
        {
            Language = _language,
            Title = _title,
            Metas = _metas,
            Links = _links,
            LinkedData = _linkedData,
            Microdata = _microdata.Things,
            Headings = _headings,
            Marks = _marks,
            Lines = _lines,
            Joints = _joints,
            Regions = _regions,
        };
    }

    private Frame Enter(TreeElement element, TagTraits tag)
    {
        var position = ++_position;
        var isBlock = (tag & TagTraits.Inline) == 0;
        if (isBlock)
            EndLine();

        var outer = _region;
        var cues = (tag & TagTraits.Mute) != 0 ? default : ElementCues.Of(element, tag, _names);
        var isAside = (tag & TagTraits.Aside) != 0 || (cues.IsFurniture && (tag & TagTraits.NeverAside) == 0);
        if (isAside && _regions.Count < MaxRegions)
        {
            _regions.Add(new(position, int.MaxValue, _region));
            _region = _regions.Count - 1;
        }

        var opensThing = _microdata.Enter(element, cues);
        if ((tag & TagTraits.Heading) != 0 && _headings.Count < 500)
            _headings.Add(
                new(
                    element.LocalName[1] - '0', _heading.Of(element, MaxLine), position, _region,
                    PageCues.IsSiteTitle(ElementCues.NamesOf(element)) || HomeLink.IsIn(element)));
        else if ((tag & TagTraits.Whole) == 0 && cues.Mark is not MarkKinds.None && _marks.Count < MaxMarks)
            _marks.Add(new(cues.Mark, element, cues.Value, position, _region));
        else if (element.LocalName == "html")
            _language = cues.Language;

        return new() { Element = element, IsBlock = isBlock, OuterRegion = outer, OpensRegion = _region != outer, OpensThing = opensThing };
    }

    private void Leave(in Frame frame)
    {
        if (frame.IsBlock)
            EndLine();
        if (frame.OpensThing)
            _microdata.Leave();
        if (frame.OpensRegion)
            _regions[_region] = _regions[_region] with { End = _position };
        _region = frame.OuterRegion;
    }

    private void TakeSkipped(TreeElement element)
    {
        _position++;
        switch (element.LocalName)
        {
            case "meta" when _metas.Count < MaxMetas:
                if (ElementCues.MetaOf(element) is { } meta)
                    _metas.Add(meta);
                _microdata.Meta(element);
                break;
            case "link" when _links.Count < MaxMetas:
                if (element.GetAttribute("rel") is { } rel && element.GetAttribute("href") is { Length: > 0 and < 4_000 } address)
                    _links.Add(new(rel.Trim().ToLowerInvariant(), address.Trim()));
                _microdata.Meta(element);
                break;
            case "title" when _title is null:
                _title = HtmlFragment.Line(NodeText.Line(element, 1_000));
                break;
            case "script" when _linkedData.Count < MaxScripts:
                if (element.GetAttribute("type") is { } type && type.Contains("ld+json", StringComparison.OrdinalIgnoreCase))
                    _linkedData.Add(_document.TextOf(element));
                break;
            default:
                break;
        }
    }

    private void Append(ReadOnlySpan<char> text)
    {
        _lineLength += text.Length;
        if (_line.IsFull)
            return;

        if (_line.IsEmpty)
        {
            if (text.IsWhiteSpace())
                return;
            _linePosition = _position;
            _lineRegion = _region;
        }

        // Elements side by side are words apart, though their markup has no blank: a name, a date, a count of comments.
        _line.Add(text);
    }

    private void EndLine()
    {
        if (!_line.IsEmpty && _line.Take(out var length) is { Length: > 0 } text && _lines.Count < MaxLines)
            _lines.Add(new(text, length <= MaxLine ? length : Math.Max(length, _lineLength), _linePosition, _lineRegion, _lineJoints));
        _lineJoints = _joints.Count;
        _lineLength = 0;
    }

    private struct Frame
    {
        public TreeElement Element;
        public int Next;
        public int OuterRegion;
        public bool IsBlock;
        public bool OpensRegion;
        public bool OpensThing;
    }
}
