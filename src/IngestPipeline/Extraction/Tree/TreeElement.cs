using AngleSharp.Common;
using AngleSharp.Dom;
using AngleSharp.Html.Construction;
using AngleSharp.Html.Parser.Tokens.Struct;

namespace IngestPipeline.Extraction.Tree;

/// <summary>An element of a parsed page.</summary>
/// <param name="name">Its name.</param>
internal class TreeElement(ElementName name) : TreeParent, IConstructableNamedNodeMap, IConstructableMathElement, IConstructableSvgElement,
    IConstructableMetaElement, IConstructableFrameElement, IConstructableFormElement
{
    private TreeAttribute[] _attributes = [];

    /// <summary>The name and what it means.</summary>
    public ElementName Name => name;

    /// <summary>The name in lower case (SVG's in its own case).</summary>
    public string LocalName => name.Text;

    /// <summary>The attributes in order, each name once.</summary>
    public ReadOnlySpan<TreeAttribute> Attributes => _attributes;

    /// <summary>What its class says, once somebody has asked; the tree itself does not read it.</summary>
    public NameFacts? ClassFacts { get; set; }

    /// <summary>The element that holds this one; null for the root.</summary>
    public TreeElement? ParentElement => Parent as TreeElement;

    // Asked of all open elements at each tag: answered here again, without a call of another member.
    NodeFlags IConstructableNode.Flags => name.Flags;

    StringOrMemory IConstructableElement.NamespaceUri => name.NamespaceUri;

    StringOrMemory IConstructableElement.LocalName => name.Text;

    StringOrMemory IConstructableElement.Prefix => StringOrMemory.Empty;

    IConstructableNamedNodeMap IConstructableElement.Attributes => this;

    ISourceReference? IConstructableElement.SourceReference
    {
        get => null;
        set { }
    }

    int IConstructableNamedNodeMap.Length => _attributes.Length;

    IConstructableAttr? IConstructableNamedNodeMap.this[StringOrMemory name] => throw new NotSupportedException("Single attributes are not asked for.");

    /// <inheritdoc />
    public override bool IsBlock => name.IsBlock;

    /// <inheritdoc />
    protected override string NodeName => name.Text;

    /// <inheritdoc />
    protected override NodeFlags NodeFlags => name.Flags;

    /// <summary>An attribute's value; null when there is none of the name.</summary>
    public string? GetAttribute(ReadOnlySpan<char> attribute) => Find(attribute) is var at and >= 0 ? _attributes[at].Value.ToString() : null;

    /// <summary>True when there is an attribute of the name.</summary>
    public bool HasAttribute(ReadOnlySpan<char> attribute) => Find(attribute) >= 0;

    /// <summary>All text below, as it stands.</summary>
    public string TextContent()
    {
        if (OnlyText is { } only)
            return only.ToString();

        var text = new System.Text.StringBuilder();
        var open = new Stack<TreeNode>();
        Open(this);
        while (open.TryPop(out var node))
        {
            if (node is TreeText piece)
                text.Append(piece.Span);
            else if (node is TreeParent parent)
                Open(parent);
        }

        return text.ToString();

        void Open(TreeParent parent)
        {
            for (var i = parent.Count - 1; i >= 0; i--)
                open.Push(parent[i]);
        }
    }

    /// <summary>Takes attributes as they are.</summary>
    public void SetAttributes(TreeAttribute[] attributes) => _attributes = attributes;

    void IConstructableElement.SetAttributes(StructAttributes tagAttributes)
    {
        var added = tagAttributes.Count;
        if (added == 0)
            return;

        var known = _attributes.Length;
        Array.Resize(ref _attributes, known + added);
        for (var i = 0; i < added; i++)
        {
            var attribute = tagAttributes[i];
            _attributes[known + i] = new(attribute.Name.Memory, attribute.Value.Memory);
        }
    }

    void IConstructableElement.SetAttribute(string? namespaceUri, StringOrMemory name, StringOrMemory value) => Set(name, value);

    void IConstructableElement.SetOwnAttribute(StringOrMemory name, StringOrMemory value) => Set(name, value);

    StringOrMemory IConstructableElement.GetAttribute(StringOrMemory namespaceUri, StringOrMemory localName) =>
        Find(localName.Memory.Span) is var at and >= 0 ? _attributes[at].Memory : StringOrMemory.Empty;

    bool IConstructableElement.HasAttribute(StringOrMemory name) => Find(name.Memory.Span) >= 0;

    bool IConstructableNamedNodeMap.SameAs(IConstructableNamedNodeMap? attributes)
    {
        if (attributes is not TreeElement other || other._attributes.Length != _attributes.Length)
            return false;

        foreach (ref readonly var attribute in Attributes)
        {
            if (other.Find(attribute.Name) is var at && (at < 0 || !other._attributes[at].Value.SequenceEqual(attribute.Value)))
                return false;
        }

        return true;
    }

    void IConstructableElement.SetupElement() => End();

    void IConstructableElement.AddComment(ref StructHtmlToken token)
    {
    }

    IConstructableNode IConstructableElement.ShallowCopy() => new TreeElement(name) { _attributes = _attributes };

    void IConstructableMetaElement.Handle()
    {
    }

    /// <summary>Called when the element is no longer open.</summary>
    protected virtual void End()
    {
    }

    private int Find(ReadOnlySpan<char> attribute)
    {
        for (var i = 0; i < _attributes.Length; i++)
        {
            if (_attributes[i].Name.SequenceEqual(attribute))
                return i;
        }

        return -1;
    }

    private void Set(StringOrMemory attribute, StringOrMemory value)
    {
        var at = Find(attribute.Memory.Span);
        if (at < 0)
            Array.Resize(ref _attributes, (at = _attributes.Length) + 1);
        _attributes[at] = new(attribute.Memory, value.Memory);
    }
}
