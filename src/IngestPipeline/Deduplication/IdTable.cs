namespace IngestPipeline.Deduplication;

/// <summary>Finds articles by a 64-bit key in some five bytes each: an open-addressed table of numbers, the keys standing in the heads.</summary>
/// <param name="heads">The heads.</param>
internal sealed class IdTable(ArticleHeads heads)
{
    private int[] _slots = new int[1 << 10];
    private int _count;

    /// <summary>Bytes of the table.</summary>
    public long Bytes => _slots.LongLength * sizeof(int);

    /// <summary>The number of the article with a key; −1 when there is none.</summary>
    public int Find(ulong key)
    {
        for (var at = Home(key); _slots[at] != 0; at = After(at))
        {
            if (heads[_slots[at] - 1].IdKey == key)
                return _slots[at] - 1;
        }

        return -1;
    }

    /// <summary>Adds an article that is not there.</summary>
    public void Add(int number)
    {
        if (_count + 1 > _slots.Length / 5 * 4)
        {
            var old = _slots;
            _slots = new int[old.Length / 8 * 9];
            foreach (var slot in old)
            {
                if (slot != 0)
                    Place(slot);
            }
        }

        Place(number + 1);
        _count++;
    }

    /// <summary>Takes an article out.</summary>
    public void Remove(int number)
    {
        var at = Home(heads[number].IdKey);
        while (_slots[at] != number + 1)
        {
            if (_slots[at] == 0)
                return;
            at = After(at);
        }

        // What stands behind the gap and could not be at home moves up, so that no search ends too early.
        for (var next = After(at); _slots[next] != 0; next = After(next))
        {
            var home = Home(heads[_slots[next] - 1].IdKey);
            if (Distance(home, next) < Distance(at, next))
                continue;
            _slots[at] = _slots[next];
            at = next;
        }

        _slots[at] = 0;
        _count--;
    }

    private void Place(int slot)
    {
        var at = Home(heads[slot - 1].IdKey);
        while (_slots[at] != 0)
            at = After(at);
        _slots[at] = slot;
    }

    // The key's upper half as a share of the table, which need not be a power of two.
    private int Home(ulong key) => (int)((key >> 32) * (ulong)_slots.Length >> 32);

    private int After(int at) => at + 1 == _slots.Length ? 0 : at + 1;

    private int Distance(int from, int to) => to >= from ? to - from : to - from + _slots.Length;
}
