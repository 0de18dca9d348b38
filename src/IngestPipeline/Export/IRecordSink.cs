using IngestPipeline.Records;

namespace IngestPipeline.Export;

/// <summary>Takes records in one format.</summary>
internal interface IRecordSink : IDisposable
{
    void Put(ReadOnlyMemory<byte> line, RecordFields record);

    /// <summary>Takes a record out that an earlier export put; nothing where rows cannot be taken back.</summary>
    void Remove(string id)
    {
    }

    /// <summary>Called once, when all records were put: nothing is complete before.</summary>
    void Finish();
}
