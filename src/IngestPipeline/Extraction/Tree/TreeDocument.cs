using AngleSharp.Dom;
using AngleSharp.Html.Construction;
using AngleSharp.Html.Parser.Tokens.Struct;
using AngleSharp.Text;

namespace IngestPipeline.Extraction.Tree;

/// <summary>A parsed page. Its texts and attributes stand in memory that is used again once it is disposed.</summary>
internal sealed class TreeDocument(TextSource source) : TreeParent, IConstructableDocument, IDisposable
{
    private Dictionary<string, ElementName>? _otherNames;
    private IDisposable? _builder;
    private bool _misplaced;
    private int _endedTemplates;

    /// <summary>What the page's class names say.</summary>
    public NameTable Names { get; } = new();

    /// <summary>The root element; null only while the page is parsed.</summary>
    public TreeElement? Root { get; private set; }

    /// <summary>
    /// True when AngleSharp has put an element where it does not belong: some of its steps ask for classes of its own tree (a table's foster
    /// parent, the end of a template), and then take the document; or when a template may be shown. The page must be parsed into that tree and copied.
    /// </summary>
    public bool IsMisbuilt => _misplaced || _endedTemplates != 0;

    /// <summary>The body, or the frame set in its place; null when there is neither.</summary>
    public TreeElement? Body => Root is { } root ? FirstElement(root, "body", "frameset") : null;

    TextSource IConstructableDocument.Source => source;

    IDisposable? IConstructableDocument.Builder
    {
        get => _builder;
        set => _builder = value;
    }

    QuirksMode IConstructableDocument.QuirksMode { get; set; }

    IConstructableElement IConstructableDocument.Head => (Root is { } root ? FirstElement(root, "head") : null)!;

    IConstructableElement IConstructableDocument.DocumentElement => Root!;

    bool IConstructableDocument.IsLoading => false;

    /// <inheritdoc />
    public override void Add(TreeNode node)
    {
        if (node is TreeElement element)
        {
            _misplaced |= Root is not null;
            Root ??= element;
        }

        base.Add(node);
    }

    /// <summary>What was left out of the page before it was parsed; null when nothing was.</summary>
    public LeanHtml? LeftOut { get; set; }

    /// <summary>For how many letters the parser was lent memory; 0 = it was not.</summary>
    public int Lent { get; set; }

    /// <summary>The texts of the page's scripts, in order; good until this is disposed.</summary>
    public IEnumerable<ReadOnlyMemory<char>> Scripts()
    {
        var open = new Stack<TreeParent>();
        open.Push(this);
        while (open.TryPop(out var node))
        {
            if (node is TreeScript script)
                yield return TextOf(script);
            for (var i = node.Count - 1; i >= 0; i--)
            {
                if (node[i] is TreeElement child)
                    open.Push(child);
            }
        }
    }

    /// <summary>A script's text, also where it was left out; good until this is disposed.</summary>
    public ReadOnlyMemory<char> TextOf(TreeElement script)
    {
        var text = script.OnlyText?.Memory ?? script.TextContent().AsMemory();
        return LeftOut?.Script(text) ?? text;
    }

    /// <summary>The name of an element that HTML does not know.</summary>
    internal ElementName OtherName(ReadOnlySpan<char> name)
    {
        var names = (_otherNames ??= new(StringComparer.Ordinal)).GetAlternateLookup<ReadOnlySpan<char>>();
        if (!names.TryGetValue(name, out var known))
            names[name] = known = ElementNames.Unknown(name.ToString());
        return known;
    }

    /// <summary>Notes that a template has ended.</summary>
    internal void EndTemplate() => _endedTemplates++;

    /// <summary>Notes that a template that has ended gave its content away.</summary>
    /// <param name="isShown">True when the page may show it.</param>
    internal void TakeTemplate(bool isShown)
    {
        _endedTemplates--;
        _misplaced |= isShown;
    }

    /// <summary>Gives the parser's memory back.</summary>
    public void Dispose()
    {
        _builder?.Dispose();
        if (Lent > 0)
            ParserLetters.TakeBack(Lent);
        Lent = 0;
    }

    void IConstructableDocument.AddComment(ref StructHtmlToken token)
    {
    }

    void IConstructableDocument.PerformMicrotaskCheckpoint()
    {
    }

    void IConstructableDocument.ProvideStableState()
    {
    }

    void IConstructableDocument.TrackError(Exception exception)
    {
    }

    Task IConstructableDocument.WaitForReadyAsync(CancellationToken cancelToken) => Task.CompletedTask;

    Task IConstructableDocument.FinishLoadingAsync() => Task.CompletedTask;

    void IConstructableDocument.ApplyManifest()
    {
    }

    private static TreeElement? FirstElement(TreeParent parent, params ReadOnlySpan<string> names)
    {
        foreach (var child in parent.Children)
        {
            if (child is TreeElement element && names.Contains(element.LocalName))
                return element;
        }

        return null;
    }
}
