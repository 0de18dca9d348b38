using System.Runtime.InteropServices;
using System.Text;

namespace IngestPipeline.Extraction.Tree;

/// <summary>A run of text between two tags. It is read from the parser's own memory while the document lives.</summary>
internal sealed class TreeText(ReadOnlyMemory<char> data) : TreeNode
{
    private ReadOnlyMemory<char> _data = data;
    private StringBuilder? _pieces;

    /// <summary>The text.</summary>
    public ReadOnlySpan<char> Span
    {
        get
        {
            Join();
            return _data.Span;
        }
    }

    /// <summary>The text; good while the document lives.</summary>
    public ReadOnlyMemory<char> Memory
    {
        get
        {
            Join();
            return _data;
        }
    }

    /// <summary>The text as a string that outlives the document.</summary>
    public override string ToString() => Span.ToString();

    /// <summary>Adds text at the end.</summary>
    public void Append(ReadOnlyMemory<char> text)
    {
        if (_pieces is null && MemoryMarshal.TryGetArray(_data, out var ours) && MemoryMarshal.TryGetArray(text, out var theirs)
            && ours.Array == theirs.Array && ours.Offset + ours.Count == theirs.Offset)
        {
            _data = ours.Array.AsMemory(ours.Offset, ours.Count + theirs.Count);
            return;
        }

        (_pieces ??= new StringBuilder().Append(_data.Span)).Append(text.Span);
    }

    /// <summary>Adds text at the start.</summary>
    public void Prepend(ReadOnlyMemory<char> text) => (_pieces ??= new StringBuilder().Append(_data.Span)).Insert(0, text.Span);

    private void Join()
    {
        if (_pieces is not null)
            (_data, _pieces) = (_pieces.ToString().AsMemory(), null);
    }
}
