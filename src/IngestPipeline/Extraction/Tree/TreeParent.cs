using System.Collections;
using AngleSharp.Html.Construction;

namespace IngestPipeline.Extraction.Tree;

/// <summary>A node that holds others.</summary>
internal abstract class TreeParent : TreeNode, IConstructableNodeList
{
    private TreeNode[] _children = [];

    // Mis-nested formatting moves a node's children away one by one from the front: a moving start keeps that linear.
    private int _start;

    /// <summary>The children in order.</summary>
    public ReadOnlySpan<TreeNode> Children => _children.AsSpan(_start, Count);

    /// <summary>How many children there are.</summary>
    public int Count { get; private set; }

    int IConstructableNodeList.Length => Count;

    IConstructableNode IConstructableNodeList.this[int index] => _children[_start + index];

    /// <summary>The text node that is the only child; null when there are other children or none.</summary>
    public TreeText? OnlyText => Count == 1 ? _children[_start] as TreeText : null;

    /// <inheritdoc />
    protected override IConstructableNodeList ChildList => this;

    /// <summary>A child by its place.</summary>
    public TreeNode this[int index] => _children[_start + index];

    /// <summary>Adds a child behind all others.</summary>
    public virtual void Add(TreeNode node)
    {
        Reserve();
        node.Parent = this;

        // Through a span no store asks whether the array is one of a derived type.
        _children.AsSpan()[_start + Count++] = node;
    }

    /// <summary>Adds a child at a place.</summary>
    public void Insert(int index, TreeNode node)
    {
        Reserve();
        Array.Copy(_children, _start + index, _children, _start + index + 1, Count - index);
        node.Parent = this;
        _children[_start + index] = node;
        Count++;
    }

    /// <summary>Takes a child out; nothing happens when it is none.</summary>
    public void Remove(TreeNode node)
    {
        // What is moved was added late.
        for (var i = Count - 1; i >= 0; i--)
        {
            if (_children[_start + i] == node)
            {
                RemoveAt(i);
                return;
            }
        }
    }

    /// <summary>Takes the child at a place out.</summary>
    public void RemoveAt(int index)
    {
        _children[_start + index].Parent = null;
        Count--;
        if (index == 0)
        {
            _children[_start++] = null!;
            if (Count == 0)
                _start = 0;
            return;
        }

        Array.Copy(_children, _start + index + 1, _children, _start + index, Count - index);
        _children[_start + Count] = null!;
    }

    /// <summary>Takes all children out.</summary>
    public void Clear()
    {
        foreach (var child in Children)
            child.Parent = null;
        (_children, _start, Count) = ([], 0, 0);
    }

    /// <summary>
    /// Adds text behind all children, to the last text where that is the last child. White space at a block's start or behind a block is shown by nobody and
    /// parts no words that are not parted already: half of a page's texts are of that kind, and are left out.
    /// </summary>
    public void AppendText(ReadOnlyMemory<char> text)
    {
        var last = Count > 0 ? _children[_start + Count - 1] : null;
        if (last is TreeText before)
            before.Append(text);
        else if (!(last ?? this).IsBlock || !text.Span.IsWhiteSpace())
            Add(new TreeText(text));
    }

    /// <summary>Adds text at a place, to the text before or behind it where there is one.</summary>
    public void InsertText(int index, ReadOnlyMemory<char> text)
    {
        if (index > 0 && index <= Count && this[index - 1] is TreeText before)
            before.Append(text);
        else if (index >= 0 && index < Count && this[index] is TreeText behind)
            behind.Prepend(text);
        else
            Insert(index, new TreeText(text));
    }

    IEnumerator<IConstructableNode> IEnumerable<IConstructableNode>.GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<IConstructableNode>)this).GetEnumerator();

    private void Reserve()
    {
        if (_start + Count < _children.Length)
            return;

        // Room at the front is used again once it is half of all.
        if (_start > Count)
        {
            Array.Copy(_children, _start, _children, 0, Count);
            Array.Clear(_children, Count, _start);
            _start = 0;
            return;
        }

        Array.Resize(ref _children, _children.Length == 0 ? 2 : 2 * _children.Length);
    }
}
