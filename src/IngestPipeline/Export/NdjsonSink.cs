using IngestPipeline.Records;

namespace IngestPipeline.Export;

/// <summary>Writes each record as it is stored, one a line.</summary>
internal sealed class NdjsonSink(Stream output) : IRecordSink
{
    // Disposing it would close the stream that it stands before; flushing is enough.
    private readonly BufferedStream _buffered = new(output, 64 * 1024);

    public void Put(ReadOnlyMemory<byte> line, RecordFields record)
    {
        _buffered.Write(line.Span);
        _buffered.WriteByte((byte)'\n');
    }

    public void Finish() => _buffered.Flush();

    public void Dispose()
    {
    }
}
