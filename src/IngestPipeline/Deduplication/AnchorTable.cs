namespace IngestPipeline.Deduplication;

/// <summary>The articles of each anchor: a hash table with open addressing whose entries head linked lists in one array.</summary>
internal sealed class AnchorTable
{
    private const int NeverUsed = 0;
    private const int Emptied = -1;

    private Slot[] _slots = new Slot[1 << 12];
    private Node[] _nodes = new Node[1 << 12];
    private int _usedSlots;
    private int _nextNode = 1;
    private int _freeNode;

    private struct Slot
    {
        public uint Anchor;
        public int Head;
        public int Count;
        public bool Repeated;
    }

    private struct Node
    {
        public int Article;
        public int Next;
    }

    /// <summary>Adds an article to an anchor unless it was the last one added; returns the number of the anchor's articles.</summary>
    public int Add(uint anchor, int article)
    {
        if (_usedSlots * 8 > _slots.Length * 5)
            Grow();
        ref var slot = ref _slots[Find(anchor)];
        if (slot.Head == NeverUsed)
        {
            _usedSlots++;
            slot.Anchor = anchor;
            slot.Head = Emptied;
        }
        else if (slot.Head > 0 && _nodes[slot.Head].Article == article)
        {
            return slot.Count;
        }

        var node = _freeNode;
        if (node > 0)
        {
            _freeNode = _nodes[node].Next;
        }
        else
        {
            node = _nextNode++;
            if (node == _nodes.Length)
                Array.Resize(ref _nodes, _nodes.Length * 2);
        }

        _nodes[node] = new Node { Article = article, Next = slot.Head };
        slot.Head = node;
        return ++slot.Count;
    }

    /// <summary>Takes an article from an anchor; returns the number of articles that are left.</summary>
    public int Remove(uint anchor, int article)
    {
        ref var slot = ref _slots[Find(anchor)];
        ref var link = ref slot.Head;
        while (link > 0)
        {
            var node = link;
            if (_nodes[node].Article == article)
            {
                link = _nodes[node].Next;
                _nodes[node].Next = _freeNode;
                _freeNode = node;
                slot.Count--;
                break;
            }

            link = ref _nodes[node].Next;
        }

        if (slot.Count == 0)
            slot.Repeated = false;
        return slot.Count;
    }

    /// <summary>True when the anchor was marked as repeated.</summary>
    public bool IsRepeated(uint anchor) => _slots[Find(anchor)].Repeated;

    /// <summary>Marks an anchor; returns false when it was so already.</summary>
    public bool Mark(uint anchor, bool repeated)
    {
        ref var slot = ref _slots[Find(anchor)];
        if (slot.Head == NeverUsed || slot.Repeated == repeated)
            return false;
        slot.Repeated = repeated;
        return true;
    }

    /// <summary>Counts one for each article of the anchor; false when the anchor is repeated, which counts nothing.</summary>
    public bool CountInto(uint anchor, ArticleCounter counter)
    {
        ref var slot = ref _slots[Find(anchor)];
        if (slot.Repeated)
            return false;
        for (var node = slot.Head; node > 0; node = _nodes[node].Next)
            counter.Count(_nodes[node].Article);
        return true;
    }

    /// <summary>The articles of an anchor, in no particular order.</summary>
    public void CopyTo(uint anchor, List<int> articles)
    {
        articles.Clear();
        for (var node = _slots[Find(anchor)].Head; node > 0; node = _nodes[node].Next)
            articles.Add(_nodes[node].Article);
    }

    private int Find(uint anchor)
    {
        var mask = _slots.Length - 1;
        var at = (int)((anchor * 0x9E3779B1u) >> 7) & mask;
        while (_slots[at].Head != NeverUsed && _slots[at].Anchor != anchor)
            at = (at + 1) & mask;
        return at;
    }

    private void Grow()
    {
        var old = _slots;
        var live = 0;
        foreach (var slot in old)
            live += slot.Count > 0 ? 1 : 0;
        _slots = new Slot[live * 4 > old.Length ? old.Length * 2 : old.Length];
        _usedSlots = live;
        foreach (var slot in old)
        {
            if (slot.Count > 0)
                _slots[Find(slot.Anchor)] = slot;
        }
    }
}
