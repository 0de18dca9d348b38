using System.Runtime.InteropServices;
using System.Text;
using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Extraction.Segmentation;

/// <summary>
/// Walks a parsed page once and parts it into text blocks. Elements become nodes once text is met in them; the
/// deepest does without, since where no block is likely to be the article the model measures from there.
/// One instance serves one page.
/// </summary>
internal sealed class PageSegmenter
{
    // The parser stops nesting at 512 levels; this only keeps the walk's stack safe should that change.
    private const int MaxDepth = 600;
    private const int MaxBlocks = 60_000;

    // A line of so many letters is wrapped wherever it is shown.
    private const int LongLine = 100;

    // Most pages have no more blocks, and less than twice as many elements around them.
    private const int Usual = 256;

    private readonly List<PageBlock> _blocks = new(Usual);
    private readonly List<PageNode> _nodes = new(2 * Usual);
    private readonly NodeReader _reader;
    private readonly StringBuilder _text = new();
    private readonly List<int> _ends = [];
    private readonly List<OpenElement> _open = new(64);
    private PageNode? _holder;
    private int _container;
    private int _deepest = -1;
    private bool _space;
    private int _breaks;
    private int _linkChars, _links, _strongChars, _emphasisChars, _timeChars, _sinceMedia = 1000;
    private int _anchors, _strongs, _emphases, _times, _preformatted;
    private int _anchorFrom;
    private int _lineFrom;

    private PageSegmenter(NameTable names) => _reader = new(names);

    /// <summary>Parts a page into blocks.</summary>
    public static PageLayout Segment(TreeDocument document)
    {
        var segmenter = new PageSegmenter(document.Names);
        if ((document.Body ?? document.Root) is { } root)
            segmenter.Walk(root, 0, isAmongText: true);
        segmenter.Flush();
        return new PageLayout(segmenter._blocks, segmenter._nodes).Summed();
    }

    private void Walk(TreeElement element, int depth, bool isAmongText)
    {
        // Browsers show an element of the page's own making in the line, but the page's styles do not where nothing else stands there.
        var tag = element.Name.IsCustom && !isAmongText && IsLaidOut() ? TagKind.Div : element.Name.Kind;
        switch (tag)
        {
            case TagKind.Skipped:
                return;
            case TagKind.Break:
                if (++_breaks >= 2)
                    Flush();
                else
                    NoteLinesEnd();
                _space = true;
                return;
            case TagKind.Media:
                NoteMedia();
                if (element.LocalName != "picture")
                    return;
                break;
        }

        if (depth > MaxDepth || _blocks.Count > MaxBlocks)
            return;

        // A line of code that is an element of its own is no paragraph.
        var isLine = tag == TagKind.Div && _preformatted > 0;
        var isBlock = Tags.IsBlock(tag) && !isLine;
        var isApart = isLine || tag is TagKind.Button or TagKind.Time;

        // "Opens in a new tab": read out behind a link's text, and seen by nobody.
        if (!isBlock && _anchors > 0 && _text.Length > _anchorFrom && _reader.IsClipped(element))
            return;

        _open.Add(new(element, tag));
        if (depth > _deepest)
            NodeAt(_deepest = depth);
        var outer = _container;
        if (isBlock)
        {
            Flush();
            _container = depth;
        }
        else if (isApart)
        {
            _space = true;
        }

        Enter(tag, 1);
        var previousWasLink = false;
        bool? hasText = null;
        foreach (var next in element.Children)
        {
            switch (next)
            {
                case TreeText text:
                    if (_preformatted > 0 && PlainParagraphs.IsProse(text.Span))
                        AppendParagraphs(text.Span, depth);
                    else
                        Append(text.Span, depth);
                    previousWasLink = false;
                    break;
                case TreeElement child:
                    // Links side by side are shown apart by styles, never as one word.
                    var isLink = child.Name.Kind == TagKind.Anchor;
                    if (isLink && previousWasLink)
                        _space = true;
                    previousWasLink = isLink;
                    Walk(child, depth + 1, !child.Name.IsCustom || (hasText ??= HasText(element)));
                    break;
            }
        }

        Enter(tag, -1);
        if (isBlock)
        {
            Flush();
            _container = outer;
        }
        else if (isApart)
        {
            _space = true;
        }

        _open.RemoveAt(depth);
    }

    /// <summary>True where blocks stand: not in a paragraph, a heading, a link or the like.</summary>
    private bool IsLaidOut() => _anchors == 0 && _preformatted == 0
        && _open[_container].Tag is TagKind.Div or TagKind.Article or TagKind.Section or TagKind.Main or TagKind.Aside or TagKind.Header or TagKind.Footer
            or TagKind.Body;

    /// <summary>True when an element holds text of its own, beside its elements.</summary>
    private static bool HasText(TreeElement element)
    {
        foreach (var child in element.Children)
        {
            if (child is TreeText text && !text.Span.IsWhiteSpace())
                return true;
        }

        return false;
    }

    /// <summary>The node of an open element; it stands behind those of the elements around it.</summary>
    private PageNode NodeAt(int depth)
    {
        ref var open = ref CollectionsMarshal.AsSpan(_open)[depth];
        if (open.Node is { } known)
            return known;

        var node = _reader.Read(open.Element, open.Tag, depth == 0 ? null : NodeAt(depth - 1), _nodes.Count);
        _nodes.Add(node);
        return open.Node = node;
    }

    private void Enter(TagKind tag, int step)
    {
        switch (tag)
        {
            case TagKind.Anchor:
                _anchors += step;
                _anchorFrom = _text.Length;
                if (step > 0)
                    _links++;
                break;
            case TagKind.Strong:
                _strongs += step;
                break;
            case TagKind.Emphasis:
                _emphases += step;
                break;
            case TagKind.Time:
                _times += step;
                break;
            case TagKind.Preformatted:
                _preformatted += step;
                break;
        }
    }

    private void Append(ReadOnlySpan<char> data, int depth)
    {
        var before = _text.Length;
        TextFolder.Append(_text, data, ref _space);
        var added = _text.Length - before;
        if (added == 0)
            return;

        _breaks = 0;
        var node = NodeAt(depth);
        _holder = _holder is null ? node : PageNode.Common(CollectionsMarshal.AsSpan(_nodes), _holder, node);
        if (_anchors > 0)
            _linkChars += added;
        if (_strongs > 0)
            _strongChars += added;
        if (_emphases > 0)
            _emphasisChars += added;
        if (_times > 0)
            _timeChars += added;
    }

    /// <summary>Where a line ends that is as long as a paragraph and ends with a sentence, another begins; the model looks at them as one block.</summary>
    private void NoteLinesEnd()
    {
        var length = _text.Length - _lineFrom;
        if (length * 3 >= LongLine && (_text[^1] is '。' or '！' or '？' or '」' || (length >= LongLine && _text[^1] is '.' or '!' or '?' or '”' or '"' or '»')))
            _ends.Add(_text.Length);
        _lineFrom = _text.Length;
    }

    private void AppendParagraphs(ReadOnlySpan<char> data, int depth)
    {
        for (var rest = data; !rest.IsEmpty;)
        {
            var (length, next) = PlainParagraphs.First(rest);
            Append(rest[..length], depth);
            if (next < rest.Length)
                Flush();
            rest = rest[next..];
        }
    }

    private void NoteMedia()
    {
        if (_text.Length == 0 && _blocks.Count > 0)
            _blocks[^1].MediaAfter = true;
        _sinceMedia = 0;
        _space = true;
    }

    private void Flush()
    {
        _breaks = 0;
        _lineFrom = 0;
        _space = false;
        _anchorFrom = 0;
        if (_text.Length > 0 && (_text[0] is '\u200C' or '\u200D') && IsBlank())
        {
            _text.Clear();
            _ends.Clear();
        }

        if (_text.Length > 0)
        {
            var text = TextFolder.Finish(_text);
            _blocks.Add(new()
            {
                Index = _blocks.Count,
                Text = text,
                ParagraphEnds = _ends.Count > 0 && text.Length == _text.Length ? [.. _ends] : [],
                Node = _holder!,
                Container = NodeAt(_container),
                LinkChars = _linkChars,
                Links = _links,
                StrongChars = _strongChars,
                EmphasisChars = _emphasisChars,
                TimeChars = _timeChars,
                BlocksSinceMedia = _sinceMedia,
            });
            _sinceMedia++;
            _text.Clear();
            _ends.Clear();
        }

        _holder = null;
        (_linkChars, _links, _strongChars, _emphasisChars, _timeChars) = (0, 0, 0, 0, 0);
    }

    /// <summary>True for joiners that join nothing, with which editors hold a line open.</summary>
    private bool IsBlank()
    {
        foreach (var chunk in _text.GetChunks())
        {
            if (chunk.Span.IndexOfAnyExcept("\u200C\u200D ") >= 0)
                return false;
        }

        return true;
    }

    private struct OpenElement(TreeElement element, TagKind tag)
    {
        public readonly TreeElement Element = element;
        public readonly TagKind Tag = tag;
        public PageNode? Node;
    }
}
