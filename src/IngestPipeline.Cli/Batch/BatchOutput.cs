using System.Globalization;
using IngestPipeline.Cli.Consoles;

namespace IngestPipeline.Cli.Batch;

/// <summary>Where a batch's JSON lines go: a file, written aside and moved into place at the end, or standard output.</summary>
internal sealed class BatchOutput : IDisposable
{
    private readonly Terminal _terminal;
    private readonly string? _path;
    private readonly Stream _stream;
    private long _lines;

    public BatchOutput(string? path, Terminal terminal)
    {
        _terminal = terminal;
        _path = path is "-" ? null : path;
        _stream = new BufferedStream(_path is null ? terminal.Output : OutputFile.Open(_path), 1 << 16);
    }

    public void WriteLine(ReadOnlySpan<byte> json)
    {
        _stream.Write(json);
        _stream.WriteByte((byte)'\n');
        _lines++;
    }

    /// <summary>Everything was written: the file gets its name, and a line on standard error says so.</summary>
    /// <param name="what">What it holds; null = that many lines.</param>
    /// <param name="quiet">True for no line.</param>
    public void Complete(string? what = null, bool quiet = false)
    {
        _stream.Flush();
        if (_path is null)
            return;

        _stream.Dispose();
        OutputFile.Complete(_path);
        if (!quiet)
            _terminal.SayWritten(_path, what ?? string.Create(CultureInfo.InvariantCulture, $"{_lines} {(_lines == 1 ? "line" : "lines")}"));
    }

    public void Dispose()
    {
        if (_path is not null)
            _stream.Dispose();
        else
            _stream.Flush();
    }
}
