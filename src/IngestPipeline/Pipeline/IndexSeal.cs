using IngestPipeline.Deduplication;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline;

/// <summary>
/// Joins neighbouring segments of the index as <see cref="SegmentSeal"/> joins those of decisions: a day that is over becomes one, the running day every
/// <see cref="SegmentSeal.Together"/>. Their files of cards are put together while they are small.
/// </summary>
internal sealed class IndexSeal(IBlobStore store, IReadOnlyList<IndexSegment> segments)
{
    /// <summary>Articles of a joined segment at most: so many are held in memory while it is made, without their cards.</summary>
    public const int MostArticles = 200_000;

    /// <summary>Bytes of a joined file of cards at most.</summary>
    public const long MostCards = 32L << 20;

    /// <summary>Where cards went: the blob that they stood in, the blob that they stand in now, and from which byte on.</summary>
    public List<(string From, string To, long Offset)> Moves { get; } = [];

    /// <summary>The next run of segments to join; null when there is none.</summary>
    public static Range? Next(IReadOnlyList<IndexSegment> segments)
    {
        for (var start = 0; start < segments.Count;)
        {
            var (end, articles) = (start, 0L);
            while (end < segments.Count && segments[end].Day == segments[start].Day && (articles += segments[end].Articles) <= MostArticles)
                end++;
            var isOver = end < segments.Count;
            if (!isOver)
            {
                while (start < end && segments[start].First != segments[start].Last)
                    start++;
            }

            if (end - start >= (isOver ? 2 : SegmentSeal.Together))
                return start..end;
            start = Math.Max(end, start + 1);
        }

        return null;
    }

    /// <summary>Joins the segments; null when one of them, or of their files of cards, is missing or damaged.</summary>
    /// <param name="cover">The window as it is now: what has left it is left out.</param>
    /// <param name="cancellation">Stops between readings.</param>
    public async Task<IndexSegment?> JoinAsync(IndexCover cover, CancellationToken cancellation)
    {
        var cards = new List<CardBlob>();
        var contents = new List<IndexContent>();
        var (day, first, last) = (segments[0].Day, segments[0].First, segments[^1].Last);
        var places = segments.Select(s => new (ushort Segment, uint Offset)[s.Cards.Count]).ToList();
        foreach (var group in Groups())
        {
            var offset = 0L;
            foreach (var (segment, card) in group)
            {
                places[segment][card] = ((ushort)cards.Count, (uint)offset);
                offset += segments[segment].Cards[card].Length;
            }

            if (await PutTogetherAsync(day, first, [.. group.Select(g => segments[g.Segment].Cards[g.Card])], cancellation).ConfigureAwait(false) is not { } together)
                return null;
            Moves.AddRange(
                group.Where(g => segments[g.Segment].Cards[g.Card].Name != together.Name).Select(g => (segments[g.Segment].Cards[g.Card].Name, together.Name, (long)places[g.Segment][g.Card].Offset)));
            cards.Add(together);
        }

        for (var i = 0; i < segments.Count; i++)
        {
            if (await IndexBlobs.ReadAsync(store, segments[i], cancellation).ConfigureAwait(false) is not { } content)
                return null;
            foreach (var record in content.Records)
            {
                var (segment, offset) = places[i][record.Head.Card.Segment];
                record.Head = record.Head with { Card = record.Head.Card with { Segment = segment, Offset = checked(record.Head.Card.Offset + offset) } };
            }

            contents.Add(content);
        }

        var (joined, blob) = IndexBlobs.Segment(day, first, last, IndexJoin.Join(contents, cover), segments.Max(s => s.Newest), cards);
        await SegmentBlobs.WriteAsync(store, [blob], cancellation).ConfigureAwait(false);
        return joined;
    }

    // Neighbouring files of cards that are small together.
    private List<List<(int Segment, int Card)>> Groups()
    {
        var groups = new List<List<(int Segment, int Card)>>();
        var length = 0L;
        for (var i = 0; i < segments.Count; i++)
        {
            for (var card = 0; card < segments[i].Cards.Count; card++)
            {
                if (groups.Count == 0 || (length += segments[i].Cards[card].Length) > MostCards)
                {
                    groups.Add([]);
                    length = segments[i].Cards[card].Length;
                }

                groups[^1].Add((i, card));
            }
        }

        return groups;
    }

    private async Task<CardBlob?> PutTogetherAsync(string day, int sequence, IReadOnlyList<CardBlob> cards, CancellationToken cancellation)
    {
        if (cards.Count == 1)
            return cards[0];
        using var bytes = new MemoryStream();
        foreach (var card in cards)
        {
            if (await store.ReadAsync(card.Name, cancellation).ConfigureAwait(false) is not { } blob || blob.Content.Length != card.Length)
                return null;
            bytes.Write(blob.Content.Span);
        }

        var together = IndexBlobs.Cards(day, sequence, bytes.ToArray());
        await SegmentBlobs.WriteAsync(store, [together], cancellation).ConfigureAwait(false);
        return new(together.Name, together.Content.Length);
    }
}
