using IngestPipeline.Records;

namespace IngestPipeline.Export;

/// <summary>Takes records in one format.</summary>
internal interface IRecordSink : IDisposable
{
    void Put(ReadOnlyMemory<byte> line, RecordFields record);

    /// <summary>Called once, when all records were put: nothing is complete before.</summary>
    void Finish();
}
