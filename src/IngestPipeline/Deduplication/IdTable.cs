namespace IngestPipeline.Deduplication;

/// <summary>
/// Finds articles by a 64-bit key in some five bytes each: an open-addressed table of numbers of 24 bits, the keys standing in the heads. The other eight bits
/// are the key's, so that hardly any head is looked at that is not the one.
/// </summary>
/// <param name="heads">The heads.</param>
internal sealed class IdTable(ArticleHeads heads)
{
    private const int NumberBits = 24;
    private const uint NumberMask = (1U << NumberBits) - 1;

    // The number and one more; zero where nothing is.
    private uint[] _slots = new uint[1 << 10];
    private int _count;

    /// <summary>Bytes of the table.</summary>
    public long Bytes => _slots.LongLength * sizeof(int);

    /// <summary>The number of the article with a key; −1 when there is none.</summary>
    public int Find(ulong key)
    {
        for (var at = Home(key); _slots[at] != 0; at = After(at))
        {
            if ((byte)key == _slots[at] >> NumberBits && heads[NumberOf(_slots[at])].IdKey == key)
                return NumberOf(_slots[at]);
        }

        return -1;
    }

    /// <summary>Adds an article that is not there.</summary>
    public void Add(int number)
    {
        if (_count + 1 > _slots.Length / 5 * 4)
        {
            var old = _slots;
            _slots = new uint[old.Length / 8 * 9];
            foreach (var slot in old)
            {
                if (slot != 0)
                    Place(slot);
            }
        }

        Place((uint)(number + 1) | ((uint)(byte)heads[number].IdKey << NumberBits));
        _count++;
    }

    /// <summary>Takes an article out.</summary>
    public void Remove(int number)
    {
        var at = Home(heads[number].IdKey);
        while (NumberOf(_slots[at]) != number)
        {
            if (_slots[at] == 0)
                return;
            at = After(at);
        }

        // What stands behind the gap and could not be at home moves up, so that no search ends too early.
        for (var next = After(at); _slots[next] != 0; next = After(next))
        {
            var home = Home(heads[NumberOf(_slots[next])].IdKey);
            if (Distance(home, next) < Distance(at, next))
                continue;
            _slots[at] = _slots[next];
            at = next;
        }

        _slots[at] = 0;
        _count--;
    }

    private void Place(uint slot)
    {
        var at = Home(heads[NumberOf(slot)].IdKey);
        while (_slots[at] != 0)
            at = After(at);
        _slots[at] = slot;
    }

    private static int NumberOf(uint slot) => (int)(slot & NumberMask) - 1;

    // The key's upper half as a share of the table, which need not be a power of two.
    private int Home(ulong key) => (int)((key >> 32) * (ulong)_slots.Length >> 32);

    private int After(int at) => at + 1 == _slots.Length ? 0 : at + 1;

    private int Distance(int from, int to) => to >= from ? to - from : to - from + _slots.Length;
}
