using System.Text;
using AngleSharp.Dom;
using IngestPipeline.Extraction.StructuredData;

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

    private readonly List<PageMeta> _metas = [];
    private readonly List<PageLink> _links = [];
    private readonly List<string> _linkedData = [];
    private readonly List<PageHeading> _headings = [];
    private readonly List<PageMark> _marks = [];
    private readonly List<PageLine> _lines = [];
    private readonly List<PageRegion> _regions = [];
    private readonly MicrodataBuilder _microdata = new();
    private readonly CueCache _cues = new();
    private readonly StringBuilder _line = new();
    private int _lineLength;
    private int _linePosition;
    private int _lineRegion = -1;
    private int _position;
    private int _region = -1;
    private string? _title;
    private string? _language;

    private PageScanner()
    {
    }

    private enum Flow
    {
        Inline,
        Block,
        Skip,
    }

    public static PageScan Scan(IDocument document) => new PageScanner().Walk(document);

    private PageScan Walk(IDocument document)
    {
        var open = new Stack<Frame>();
        if (document.DocumentElement is { } root)
            open.Push(Enter(root));

        while (open.TryPop(out var frame))
        {
            if (frame.Next < frame.Children.Length)
            {
                var child = frame.Children[frame.Next];
                open.Push(frame with { Next = frame.Next + 1 });
                if (child is IElement element)
                {
                    if (FlowOf(element) is var flow && flow != Flow.Skip)
                        open.Push(Enter(element));
                    else
                        TakeSkipped(element);
                }
                else if (child is IText text)
                {
                    Append(text.Data);
                }
            }
            else
            {
                Leave(frame);
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
            Regions = _regions,
        };
    }

    private Frame Enter(IElement element)
    {
        var position = ++_position;
        var isBlock = FlowOf(element) == Flow.Block;
        if (isBlock)
            EndLine();

        var outer = _region;
        var cues = element.LocalName is "img" or "br" or "source" or "input" or "picture" or "hr" or "option" or "wbr" ? default : ElementCues.Of(element, _cues);
        if (_regions.Count < MaxRegions && IsAside(element, cues))
        {
            _regions.Add(new(position, int.MaxValue, _region));
            _region = _regions.Count - 1;
        }

        var opensThing = _microdata.Enter(element, cues);
        switch (element.LocalName)
        {
            case "html":
                _language = cues.Language;
                break;
            case "h1" or "h2" or "h3" when _headings.Count < 500:
                _headings.Add(new(element.LocalName[1] - '0', NodeText.Line(element, MaxLine), position, _region, PageCues.IsSiteTitle(ElementCues.NamesOf(element)) || HomeLink.IsIn(element)));
                break;
            case "body" or "main" or "article":
                break;
            default:
                if (_marks.Count < MaxMarks && cues.Mark is not MarkKinds.None)
                    Mark(element, cues, position);
                break;
        }

        return new(element.ChildNodes, 0, isBlock, outer, _region != outer, opensThing);
    }

    private void Leave(Frame frame)
    {
        if (frame.IsBlock)
            EndLine();
        if (frame.OpensThing)
            _microdata.Leave();
        if (frame.OpensRegion)
            _regions[_region] = _regions[_region] with { End = _position };
        _region = frame.OuterRegion;
    }

    private void Mark(IElement element, ElementCues cues, int position)
    {
        var isAuthor = cues.Mark.HasFlag(MarkKinds.Author);
        var runs = NodeText.Runs(element, isAuthor ? MaxLine : MaxDate, isAuthor ? 200 : 60, out var elements);
        if (runs.Count > 0 || cues.Value is not null)
            _marks.Add(new(cues.Mark, element.LocalName, ElementCues.NamesOf(element), runs, cues.Value, position, position + elements, _region));
    }

    private void TakeSkipped(IElement element)
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
                    _linkedData.Add(element.TextContent);
                break;
            default:
                break;
        }
    }

    private void Append(string text)
    {
        _lineLength += text.Length;
        if (_line.Length > MaxLine)
            return;

        if (_line.Length == 0)
        {
            if (string.IsNullOrWhiteSpace(text))
                return;
            _linePosition = _position;
            _lineRegion = _region;
        }

        // Elements side by side are words apart, though their markup has no blank: a name, a date, a count of comments.
        if (_line.Length > 0 && !char.IsWhiteSpace(_line[^1]))
            _line.Append(' ');
        _line.Append(text, 0, Math.Min(text.Length, 2 * MaxLine));
    }

    private void EndLine()
    {
        if (_line.Length > 0 && _lines.Count < MaxLines)
        {
            var text = HtmlFragment.Fold(_line.ToString());
            if (text.Length > 0)
                _lines.Add(new(NodeText.Cut(text, MaxLine), text.Length <= MaxLine ? text.Length : Math.Max(text.Length, _lineLength), _linePosition, _lineRegion));
        }

        _line.Clear();
        _lineLength = 0;
    }

    private static bool IsAside(IElement element, ElementCues cues) => element.LocalName switch
    {
        "nav" or "footer" or "aside" or "form" => true,
        "html" or "body" or "main" or "article" or "time" or "h1" => false,
        _ => cues.IsFurniture,
    };

    private static Flow FlowOf(IElement element) => element.LocalName switch
    {
        "a" or "span" or "b" or "i" or "em" or "strong" or "time" or "small" or "font" or "u" or "abbr" or "sup" or "sub" or "address" or "cite" or "label" or "img" or "bdi"
            or "mark" or "s" or "q" or "code" or "ins" or "del" or "wbr" or "tt" or "big" => Flow.Inline,
        "script" or "style" or "noscript" or "template" or "svg" or "iframe" or "select" or "textarea" or "meta" or "link" or "title" or "object" or "canvas" or "math" or "rt" or "rp" or "video"
            or "audio" => Flow.Skip,
        _ => Flow.Block,
    };

    private readonly record struct Frame(INodeList Children, int Next, bool IsBlock, int OuterRegion, bool OpensRegion, bool OpensThing);
}
