namespace IngestPipeline.Deduplication;

/// <summary>Finds articles by a 64-bit key in some six bytes each: an open-addressed table of numbers, the keys standing in the heads.</summary>
internal sealed class IdTable
{
    private int[] _slots = new int[1 << 10];
    private int _count;

    /// <summary>Bytes of the table.</summary>
    public long Bytes => _slots.LongLength * sizeof(int);

    /// <summary>The number of the article with a key; −1 when there is none.</summary>
    public int Find(ulong key, ReadOnlySpan<ArticleHead> heads)
    {
        for (var at = Home(key); _slots[at] != 0; at = (at + 1) & (_slots.Length - 1))
        {
            if (heads[_slots[at] - 1].IdKey == key)
                return _slots[at] - 1;
        }

        return -1;
    }

    /// <summary>Adds an article that is not there.</summary>
    public void Add(int number, ReadOnlySpan<ArticleHead> heads)
    {
        if ((_count + 1) * 4 > _slots.Length * 3)
        {
            var old = _slots;
            _slots = new int[old.Length * 2];
            foreach (var slot in old)
            {
                if (slot != 0)
                    Place(slot, heads);
            }
        }

        Place(number + 1, heads);
        _count++;
    }

    /// <summary>Takes an article out.</summary>
    public void Remove(int number, ReadOnlySpan<ArticleHead> heads)
    {
        var mask = _slots.Length - 1;
        var at = Home(heads[number].IdKey);
        while (_slots[at] != number + 1)
        {
            if (_slots[at] == 0)
                return;
            at = (at + 1) & mask;
        }

        // What stands behind the gap and could not be at home moves up, so that no search ends too early.
        for (var next = (at + 1) & mask; _slots[next] != 0; next = (next + 1) & mask)
        {
            var home = Home(heads[_slots[next] - 1].IdKey);
            if (((next - home) & mask) < ((next - at) & mask))
                continue;
            _slots[at] = _slots[next];
            at = next;
        }

        _slots[at] = 0;
        _count--;
    }

    private void Place(int slot, ReadOnlySpan<ArticleHead> heads)
    {
        var at = Home(heads[slot - 1].IdKey);
        while (_slots[at] != 0)
            at = (at + 1) & (_slots.Length - 1);
        _slots[at] = slot;
    }

    private int Home(ulong key) => (int)(key >> 32) & (_slots.Length - 1);
}
