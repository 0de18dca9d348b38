using AngleSharp.Common;
using AngleSharp.Dom;
using AngleSharp.Html.Construction;

namespace IngestPipeline.Extraction.Tree;

/// <summary>
/// A node of a parsed page. AngleSharp parses; what it builds is this tree in place of its own, which a browser's interfaces make several
/// times as large and as slow. What AngleSharp may ask of a node while it builds is answered by explicit members only.
/// </summary>
internal abstract class TreeNode : IConstructableNode
{
    /// <summary>The node that holds this one; null for the document and for what stands nowhere.</summary>
    public TreeParent? Parent { get; set; }

    /// <summary>True for an element that stands on lines of its own.</summary>
    public virtual bool IsBlock => false;

    StringOrMemory IConstructableNode.NodeName => NodeName;

    NodeFlags IConstructableNode.Flags => NodeFlags;

    IConstructableNode? IConstructableNode.Parent
    {
        get => Parent;
        set => Parent = (TreeParent?)value ?? Parent;
    }

    IConstructableNodeList IConstructableNode.ChildNodes => ChildList;

    /// <summary>The name by which AngleSharp knows the node.</summary>
    protected virtual string NodeName => string.Empty;

    /// <summary>What AngleSharp's tree construction must know of the node.</summary>
    protected virtual NodeFlags NodeFlags => NodeFlags.None;

    /// <summary>The node's children for AngleSharp.</summary>
    protected virtual IConstructableNodeList ChildList => throw new NotSupportedException("Only elements and documents have children.");

    void IConstructableNode.RemoveFromParent() => Parent?.Remove(this);

    void IConstructableNode.RemoveChild(IConstructableNode childNode) => AsParent().Remove((TreeNode)childNode);

    void IConstructableNode.RemoveNode(int idx, IConstructableNode childNode) => AsParent().RemoveAt(idx);

    void IConstructableNode.InsertNode(int idx, IConstructableNode childNode) => AsParent().Insert(idx, (TreeNode)childNode);

    void IConstructableNode.AddNode(IConstructableNode node) => AsParent().Add((TreeNode)node);

    void IConstructableNode.AppendText(StringOrMemory text, bool emitWhiteSpaceOnly) => AsParent().AppendText(text.Memory);

    void IConstructableNode.InsertText(int idx, StringOrMemory text, bool emitWhiteSpaceOnly) => AsParent().InsertText(idx, text.Memory);

    private TreeParent AsParent() => this as TreeParent ?? throw new NotSupportedException("Only elements and documents have children.");
}
