using IngestPipeline.Cli.Consoles;

namespace IngestPipeline.Cli.Batch;

/// <summary>Where a batch's JSON lines go: a file, written aside and moved into place at the end, or standard output.</summary>
internal sealed class BatchOutput : IDisposable
{
    private readonly string? _path;
    private readonly string? _partial;
    private readonly Stream _stream;

    public BatchOutput(string? path, Terminal terminal)
    {
        _path = path;
        if (path is null or "-")
        {
            _path = null;
            _stream = new BufferedStream(terminal.Output, 1 << 16);
            return;
        }

        try
        {
            if (Directory.Exists(path))
                throw new CliException($"{path}: is a folder; name a file for --out");
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { Length: > 0 } folder)
                Directory.CreateDirectory(folder);
            _partial = path + ".partial";
            _stream = new BufferedStream(File.Create(_partial), 1 << 16);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CliException($"{path}: cannot be written ({ControlText.Clean(e.Message)}); choose another --out");
        }
    }

    public void WriteLine(ReadOnlySpan<byte> json)
    {
        _stream.Write(json);
        _stream.WriteByte((byte)'\n');
    }

    /// <summary>Everything was written: the file gets its name.</summary>
    public void Complete()
    {
        _stream.Flush();
        if (_partial is null)
            return;

        _stream.Dispose();
        File.Move(_partial, _path!, overwrite: true);
    }

    public void Dispose()
    {
        if (_path is not null)
            _stream.Dispose();
        else
            _stream.Flush();
    }
}
