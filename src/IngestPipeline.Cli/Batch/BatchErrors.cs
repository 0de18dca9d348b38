namespace IngestPipeline.Cli.Batch;

/// <summary>Counts and prints what could not be handled: file, line, what, and what to do.</summary>
internal sealed class BatchErrors(TextWriter error)
{
    private int _count;

    public int Count => _count;

    public void Report(string file, int line, string message)
    {
        Interlocked.Increment(ref _count);
        Write(file, line, message);
    }

    /// <summary>Something to know that fails nothing.</summary>
    public void Warn(string file, int line, string message) => Write(file, line, "warning: " + message);

    // What is wrong with a whole file names it already.
    private void Write(string file, int line, string message)
    {
        var where = line > 0 ? $"{file}:{line}: " : message.StartsWith(file + ": ", StringComparison.Ordinal) ? "" : file + ": ";
        error.WriteLine(where + ControlText.Clean(message));
    }
}
