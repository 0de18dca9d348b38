using System.Collections;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline;

/// <summary>
/// Where the latest decision about each article of a store stands, in some 40 bytes an article, so that a start reads no decision and one that is asked for
/// is read by its range.
/// </summary>
internal sealed class DecisionDirectory
{
    private const int AtOnce = 16;

    private readonly IBlobStore _store;
    private readonly BlobPlaces _segments = new();
    private readonly DecisionPlace[] _places;
    private readonly ushort[] _segmentOf;

    // Places of copies, by their canonical articles.
    private readonly int[] _copies;

    // Those that the book has itself by now, or that were taken out.
    private readonly BitArray _covered;

    private DecisionDirectory(IBlobStore store, IReadOnlyList<DecisionSegment> segments, DecisionPlace[] places, ushort[] segmentOf)
    {
        (_store, _places, _segmentOf, _covered) = (store, places, segmentOf, new(places.Length));
        foreach (var segment in segments)
            _segments.Add(segment.Name);
        for (var i = 0; i < places.Length; i++)
            _covered[i] = places[i].IsRemoval;
        _copies = [.. Enumerable.Range(0, places.Length).Where(i => places[i].Canonical != places[i].Id && !places[i].IsRemoval)];
        Array.Sort(_copies, (x, y) => (places[x].Canonical, places[x].Seen, x).CompareTo((places[y].Canonical, places[y].Seen, y)));
    }

    /// <summary>Decisions read by their ranges.</summary>
    public long RangeReads { get; private set; }

    /// <summary>Reads the places of every segment; of one that lacks them, or whose are damaged, the segment itself.</summary>
    public static async Task<DecisionDirectory> OpenAsync(IBlobStore store, IReadOnlyList<DecisionSegment> segments, CancellationToken cancellation)
    {
        var read = new DecisionPlace[segments.Count][];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(
            Enumerable.Range(0, segments.Count), parallel,
            async (i, token) => read[i] = await PlacesAsync(store, segments[i], token).ConfigureAwait(false)).ConfigureAwait(false);

        // Of lines about one article the last counts.
        var count = read.Sum(r => r.Length);
        var (ids, lines, order) = (new ulong[count], new int[count], new (ushort Segment, int Place)[count]);
        for (int segment = 0, line = 0; segment < read.Length; segment++)
        {
            for (var place = 0; place < read[segment].Length; place++, line++)
                (ids[line], lines[line], order[line]) = (read[segment][place].Id, line, (checked((ushort)segment), place));
        }

        Array.Sort(ids, lines);
        var (places, segmentOf) = (new List<DecisionPlace>(count), new List<ushort>(count));
        for (var i = 0; i < count; i++)
        {
            var last = lines[i];
            for (; i + 1 < count && ids[i + 1] == ids[i]; i++)
                last = Math.Max(last, lines[i + 1]);
            var (segment, place) = order[last];
            places.Add(read[segment][place]);
            segmentOf.Add(segment);
        }

        return new(store, segments, [.. places], [.. segmentOf]);
    }

    /// <summary>The lines of a segment stand in another one now.</summary>
    /// <param name="from">The segment.</param>
    /// <param name="to">The other one.</param>
    /// <param name="offset">From which of its bytes on.</param>
    public void Move(string from, string to, long offset) => _segments.Move(from, to, offset);

    /// <summary>The book has the decision about an article itself, or it was taken out: it is not read from here any more.</summary>
    public void Cover(string id)
    {
        if (PlaceOf(id) is var place and >= 0)
            _covered[place] = true;
    }

    /// <summary>The latest decision about an article; null when none is known here, or the book has it itself.</summary>
    public PublishedDecision? Find(string id) => PlaceOf(id) is var place and >= 0 && !_covered[place] ? Read(place) : null;

    /// <summary>The latest decisions, of those that the book has not, about the articles whose canonical article is this one, itself apart.</summary>
    public IEnumerable<PublishedDecision> Members(string canonicalId)
    {
        var key = IdKey.Of(canonicalId);
        int low = 0, high = _copies.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_places[_copies[middle]].Canonical < key)
                low = middle + 1;
            else
                high = middle;
        }

        for (; low < _copies.Length && _places[_copies[low]].Canonical == key; low++)
        {
            if (!_covered[_copies[low]])
                yield return Read(_copies[low]);
        }
    }

    /// <summary>How many articles first seen between two times there are of which the book has no decision.</summary>
    public int Count(long from, long to) => Between(from, to).Count();

    /// <summary>The latest decisions about them.</summary>
    public IEnumerable<PublishedDecision> Window(long from, long to) => Between(from, to).Select(Read);

    /// <summary>The places of a segment's lines; of one that lacks them, or whose are damaged, from the segment itself.</summary>
    public static async Task<DecisionPlace[]> PlacesAsync(IBlobStore store, DecisionSegment segment, CancellationToken cancellation)
    {
        if (segment.Places is { } name && await store.ReadAsync(name, cancellation).ConfigureAwait(false) is { } blob
            && name == StoreNames.DecisionPlaces(segment, ContentTag.Of(blob.Content.Span)) && DecisionPlaces.Read(blob.Content.Span) is { } places)
            return places;
        return DecisionPlaces.Of(await DecisionBlobs.ReadAsync(store, segment, cancellation).ConfigureAwait(false));
    }

    private IEnumerable<int> Between(long from, long to) =>
        Enumerable.Range(0, _places.Length).Where(i => !_covered[i] && _places[i].Seen >= from && _places[i].Seen <= to);

    private int PlaceOf(string id)
    {
        var key = IdKey.Of(id);
        int low = 0, high = _places.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (_places[middle].Id == key)
                return middle;
            if (_places[middle].Id < key)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return -1;
    }

    private PublishedDecision Read(int place)
    {
        var (name, offset) = _segments[_segmentOf[place]];
        var at = _places[place];
        RangeReads++;
        var line = _store.ReadRange(name, offset + at.Offset, at.Length)
            ?? throw new StorageException($"{_store.Location}: {name} is not there any more: another run has written to this store. Run again.");
        PublishedDecision? decision = null;
        try
        {
            decision = DecisionJson.Read(line.Span);
        }
        catch (Exception e) when (StoreDamage.IsMisread(e))
        {
            // It is not what the places say; that is told below.
        }

        return decision is not null && IdKey.Of(decision.Id) == at.Id
            ? decision
            : throw new StorageException(
                FormattableString.Invariant(
                    $"{_store.Location}: {name} holds no decision at byte {offset + at.Offset}, where one should stand. 'ingest verify' says more."))
            {
                IsDamage = true
            };
    }
}
