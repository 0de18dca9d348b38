using System.Numerics;
using System.Runtime.Intrinsics;
using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction.Content;

/// <summary>
/// For every element that holds text: how many levels above it each cue group and each kind of ancestor is found, itself included. Read top-down, once a page.
/// </summary>
internal sealed class NodeDistances : IDisposable
{
    /// <summary>The distance of what is not found.</summary>
    public const int Far = 15;

    /// <summary>The slot of <c>itemprop="articleBody"</c>; the cue groups stand before it, in their order.</summary>
    public const int ArticleBody = 46;

    /// <summary>The slot of the first of <see cref="Ancestors"/>.</summary>
    public const int FirstAncestor = 48;

    private const int Slots = 64;

    // What stands in it before is written over: elements without text get no distances and are not asked for.
    private byte[] _distances;

    /// <summary>Measures a page.</summary>
    public NodeDistances(PageLayout layout)
    {
        _distances = PageMemory.Bytes.Rent(layout.Nodes.Count * Slots);
        foreach (var node in layout.Nodes)
        {
            if (node.Blocks > 0 || node.Parent < 0)
                Read(node);
        }
    }

    /// <summary>The kinds of ancestors that are told apart.</summary>
    public static IReadOnlyList<TagKind> Ancestors => Kinds;

    private static readonly TagKind[] Kinds =
    [
        TagKind.Article, TagKind.Main, TagKind.Aside, TagKind.Nav, TagKind.Header, TagKind.Footer, TagKind.Form, TagKind.Figure, TagKind.Caption,
        TagKind.List, TagKind.Table, TagKind.Quote, TagKind.Section, TagKind.Details, TagKind.Anchor, TagKind.Button,
    ];

    /// <summary>The distances of one element, by slot.</summary>
    public ReadOnlySpan<byte> this[int node] => _distances.AsSpan(node * Slots, Slots);

    /// <summary>Gives the memory back for the next page.</summary>
    public void Dispose()
    {
        if (_distances.Length > 0)
            PageMemory.Bytes.Return(_distances);
        _distances = [];
    }

    private static readonly sbyte[] SlotOfTag =
        [.. Enum.GetValues<TagKind>().Select(t => Array.IndexOf(Kinds, t) is var at and >= 0 ? (sbyte)(FirstAncestor + at) : (sbyte)-1)];

    private void Read(PageNode node)
    {
        var own = _distances.AsSpan(node.Index * Slots, Slots);
        if (node.Parent < 0)
        {
            own.Fill(Far);
        }
        else
        {
            // One level farther than from the parent; what is far is told from what is missing.
            ReadOnlySpan<byte> above = _distances.AsSpan(node.Parent * Slots, Slots);
            var far = Vector256.Create((byte)Far);
            for (var i = 0; i < Slots; i += Vector256<byte>.Count)
            {
                var from = Vector256.Create(above[i..]);
                var next = Vector256.Min(from + Vector256<byte>.One, Vector256.Create((byte)(Far - 1)));
                Vector256.ConditionalSelect(Vector256.Equals(from, far), far, next).CopyTo(own[i..]);
            }
        }

        for (var mask = node.Cues; mask != 0; mask &= mask - 1)
            own[BitOperations.TrailingZeroCount(mask)] = 0;
        if (node.IsArticleBody)
            own[ArticleBody] = 0;
        if (SlotOfTag[(int)node.Tag] is var slot and >= 0)
            own[slot] = 0;
    }
}
