namespace IngestPipeline.Records;

/// <summary>One line of the changes log.</summary>
/// <param name="Cursor">The segment that it stands in.</param>
/// <param name="Change"><c>new</c>, <c>revised</c>, <c>regrouped</c>, or taken out: <c>forgotten</c> or <c>expired</c>.</param>
/// <param name="Id">The article's id.</param>
/// <param name="Record">The name of its record within the run.</param>
public sealed record RecordChange(int Cursor, string Change, string Id, string Record)
{
    /// <summary>True when the article was taken out: drop what was made of it.</summary>
    public bool IsRemoval => Change is PublishedDecision.Forgotten or PublishedDecision.Expired;

    /// <exception cref="Storage.StorageException">It is not the JSON that was written.</exception>
    internal static RecordChange? Read(ReadOnlySpan<byte> line, int cursor) => StoreDamage.Read(StoreNames.Changes(cursor), line, json =>
        RecordJson.Text(json, "id") is { } id && RecordJson.Text(json, "record") is { } record
            ? new RecordChange(cursor, RecordJson.Text(json, "change") ?? "new", id, record)
            : null);
}
