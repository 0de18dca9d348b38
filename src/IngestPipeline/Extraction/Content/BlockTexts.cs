using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction.Content;

/// <summary>
/// The texts of a page's blocks, each read once for everything that is measured of it: its shape, its letters and digits, its words.
/// Disposing gives the memory back for the next page.
/// </summary>
internal sealed class BlockTexts : IDisposable
{
    // Where each block's letters and words end in the page's.
    private readonly int[] _letterEnds;
    private readonly int[] _wordEnds;
    private readonly int[] _firstOfText;
    private readonly int[] _repeats;
    private readonly int _wordCount;
    private char[] _letters;
    private ulong[] _words;

    /// <summary>Reads a page's blocks.</summary>
    public BlockTexts(PageLayout layout)
    {
        var (n, length) = (layout.Blocks.Count, 0);
        foreach (var block in layout.Blocks)
            length += block.Text.Length;
        (Shapes, _letterEnds, _wordEnds, _firstOfText, _repeats) = (RentedArrays.Rent<TextShape>(n), RentedArrays.Rent<int>(n + 1), RentedArrays.Rent<int>(n + 1), RentedArrays.Rent<int>(n), RentedArrays.Rent<int>(n));
        _letters = PageMemory.Letters.Rent(length);

        // Of a word that counts two letters at least are its own, and a sign or the block's end parts it from the next.
        _words = PageMemory.Words.Rent((length / WordOdds.MinWord) + n);
        for (var i = 0; i < n; i++)
        {
            var (letters, words) = (_letterEnds[i], _wordEnds[i]);
            Shapes[i] = TextShape.Read(layout.Blocks[i].Text, _letters.AsSpan(letters), ref letters, _words.AsSpan(words), ref words);
            (_letterEnds[i + 1], _wordEnds[i + 1]) = (letters, words);
        }

        CountRepeats(n);
        _wordCount = _wordEnds[n];
    }

    /// <summary>The shape of each block's text.</summary>
    public TextShape[] Shapes { get; }

    /// <summary>A block's letters and digits, in lower case: its text as <see cref="PageHints.Squeeze"/> gives it.</summary>
    public ReadOnlySpan<char> Letters(int block) => _letters.AsSpan(_letterEnds[block].._letterEnds[block + 1]);

    /// <summary>The hashes of all blocks' words in order, as <see cref="WordOdds"/> looks them up.</summary>
    public ReadOnlySpan<ulong> Words => _words.AsSpan(0, _wordCount);

    /// <summary>Where a block's words end in <see cref="Words"/>; they begin where those of the block before end.</summary>
    public int WordEnd(int block) => _wordEnds[block + 1];

    /// <summary>How many of the page's blocks have a block's letters.</summary>
    public int Repeats(int block) => _repeats[_firstOfText[block]];

    /// <summary>Gives the memory back for the next page.</summary>
    public void Dispose()
    {
        if (_letters.Length == 0)
            return;
        PageMemory.Letters.Return(_letters);
        PageMemory.Words.Return(_words);
        RentedArrays.Return(Shapes);
        foreach (var numbers in (ReadOnlySpan<int[]>)[_letterEnds, _wordEnds, _firstOfText, _repeats])
            RentedArrays.Return(numbers);
        (_letters, _words) = ([], []);
    }

    // Blocks of the same letters are chained behind their first; the chains hang in a table by their letters' hash.
    private void CountRepeats(int n)
    {
        var firsts = new Dictionary<int, int>(n);
        var next = RentedArrays.Rent<int>(n);
        for (var i = 0; i < n; i++)
        {
            var letters = Letters(i);
            // Seeded: blocks of a page that is meant to, all of one hash, would be compared each with each.
            var hash = string.GetHashCode(letters, StringComparison.Ordinal);
            var at = firsts.GetValueOrDefault(hash, -1);
            next[i] = at;
            while (at >= 0 && !Letters(at).SequenceEqual(letters))
                at = next[at];
            if (at < 0)
                firsts[hash] = at = i;
            _firstOfText[i] = at;
            _repeats[at]++;
        }

        RentedArrays.Return(next);
    }
}
