namespace IngestPipeline.Records;

/// <summary>
/// The append-only log of what is new, revised or regrouped. Segment N is <c>changes/{N}.ndjson</c>; a consumer keeps the last N it
/// read as its cursor and reads on from N + 1.
/// </summary>
internal static class ChangeLog
{
    public static byte[] Segment(int sequence, IReadOnlyList<PublishedDecision> decisions)
    {
        using var bytes = new MemoryStream();
        foreach (var decision in decisions)
        {
            bytes.Write(RecordJson.Object(json =>
            {
                json.WriteNumber("cursor", sequence);
                json.WriteString("change", decision.Cause);
                json.WriteString("id", decision.Id);
                json.WriteString("record", StoreNames.Record(decision.Day, decision.Id));
                json.WriteNumber("articleRevision", decision.ArticleRevision);
                json.WriteNumber("decisionRevision", decision.Revision);
                json.WriteString("canonicalId", decision.Decision.CanonicalId);
                json.WriteString("kind", RecordJson.Name(decision.Decision.Kind));
                json.WriteString("storyId", decision.Decision.StoryId);
                if (decision.PreviousCanonicalId is not null)
                {
                    json.WriteString("previousCanonicalId", decision.PreviousCanonicalId);
                    json.WriteString("previousStoryId", decision.PreviousStoryId);
                }
            }));
            bytes.WriteByte((byte)'\n');
        }

        return bytes.ToArray();
    }
}
