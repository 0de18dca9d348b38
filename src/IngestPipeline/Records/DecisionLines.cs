namespace IngestPipeline.Records;

/// <summary>A decision segment's content: one decision a line, in the order of (first seen, id) within a publication.</summary>
internal static class DecisionLines
{
    public static byte[] Write(IReadOnlyList<PublishedDecision> decisions)
    {
        using var bytes = new MemoryStream();
        foreach (var decision in decisions)
        {
            bytes.Write(DecisionJson.Write(decision));
            bytes.WriteByte((byte)'\n');
        }

        return bytes.ToArray();
    }

    public static IReadOnlyList<PublishedDecision> Read(ReadOnlyMemory<byte> segment)
    {
        var decisions = new List<PublishedDecision>();
        for (var rest = segment; rest.Length > 0;)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            decisions.Add(DecisionJson.Read(rest.Span[..end]));
            rest = rest[(end + 1)..];
        }

        return decisions;
    }
}
