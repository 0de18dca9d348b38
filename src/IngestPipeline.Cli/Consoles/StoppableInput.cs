using IngestPipeline.Storage;

namespace IngestPipeline.Cli.Consoles;

/// <summary>
/// Standard input for commands that are asked to stop while they wait for its writer: such a read knows of no stop, so it is left behind and ends with the
/// process. On a terminal it says what it waits for.
/// </summary>
/// <param name="open">Gives standard input, or opens what is read like it.</param>
/// <param name="waits">Says that it waits for somebody to type; null where nobody does.</param>
/// <param name="cancellation">Stops, as Ctrl-C and a request to end do.</param>
internal sealed class StoppableInput(Func<Stream> open, Action? waits, CancellationToken cancellation) : ReadOnlyStream
{
    // A read that was left behind may still write into it.
    private readonly byte[] _buffer = new byte[1 << 16];
    private Stream? _input;
    private bool _isBegun;

    public override int Read(Span<byte> buffer)
    {
        Begin();
        var most = Math.Min(buffer.Length, _buffer.Length);
        var reading = Task.Run(() => (_input ??= open()).Read(_buffer, 0, most), CancellationToken.None);
        var read = reading.WaitAsync(cancellation).GetAwaiter().GetResult();
        _buffer.AsSpan(0, read).CopyTo(buffer);
        return read;
    }

    /// <summary>True where the process was started without a standard input: what has its number then was opened since, and would be waited for in vain.</summary>
    public static bool IsClosed()
    {
        const int CloseOnExec = 0x80000;
        try
        {
            // What was inherited cannot be marked so.
            return OperatingSystem.IsLinux()
                && File.ReadLines("/proc/self/fdinfo/0").FirstOrDefault(l => l.StartsWith("flags:", StringComparison.Ordinal)) is { } flags
                && (Convert.ToInt64(flags[6..].Trim(), 8) & CloseOnExec) != 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return false;
        }
    }

    /// <summary>What is read where there is no standard input.</summary>
    public static Stream Closed { get; } = new ClosedInput();

    /// <summary>A named pipe or device, which is waited for like standard input: opening it, too, waits for its writer.</summary>
    public StoppableInput Beside(string path) => new(() => File.OpenRead(path), null, cancellation);

    // Not for commands that read nothing here.
    private void Begin()
    {
        if (_isBegun)
            return;
        _isBegun = true;
        waits?.Invoke();
    }

    private sealed class ClosedInput : ReadOnlyStream
    {
        public override int Read(Span<byte> buffer) => throw new CliException("standard input is closed; give it a file or a pipe");
    }
}
