using System.Runtime.CompilerServices;

namespace IngestPipeline.Deduplication;

/// <summary>The heads by number, in blocks that never move: a longer list is neither copied nor half empty.</summary>
internal sealed class ArticleHeads
{
    private const int BlockBits = 10;
    private const int BlockLength = 1 << BlockBits;

    private readonly List<ArticleHead[]> _blocks = [];

    /// <summary>Bytes of the blocks.</summary>
    public long Bytes => (long)_blocks.Count * BlockLength * Unsafe.SizeOf<ArticleHead>();

    /// <summary>The head of a number.</summary>
    public ref ArticleHead this[int number] => ref _blocks[number >> BlockBits][number & (BlockLength - 1)];

    /// <summary>Makes room for a number, one behind the last at most.</summary>
    public void Hold(int number)
    {
        if (number >> BlockBits == _blocks.Count)
            _blocks.Add(new ArticleHead[BlockLength]);
    }
}
