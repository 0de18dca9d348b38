namespace IngestPipeline.Deduplication;

/// <summary>A set of articles by their numbers, in a bit each.</summary>
internal sealed class NumberSet
{
    private const int BitsOfWord = 64;

    private ulong[] _words = new ulong[16];

    /// <summary>Bytes of the bits.</summary>
    public long Bytes => _words.LongLength * sizeof(ulong);

    /// <summary>True when the set has a number.</summary>
    public bool Has(int number) => number / BitsOfWord < _words.Length && (_words[number / BitsOfWord] >> (number % BitsOfWord) & 1) != 0;

    /// <summary>Puts a number in or takes it out.</summary>
    public void Set(int number, bool isIn)
    {
        if (number / BitsOfWord >= _words.Length)
            Array.Resize(ref _words, Math.Max((number / BitsOfWord) + 1, _words.Length * 2));
        var bit = 1UL << (number % BitsOfWord);
        ref var word = ref _words[number / BitsOfWord];
        word = isIn ? word | bit : word & ~bit;
    }
}
