using System.Runtime.InteropServices;

namespace IngestPipeline.Cli.Consoles;

/// <summary>
/// Ctrl-C, a request to end and a closed terminal, for every command alike: the first ends what is under way in order, the second at once. Each way the
/// process says so in one line.
/// </summary>
internal static class StopSignals
{
    private const string Running = "ingest: stops when what is under way has ended; Ctrl-C again stops at once";
    private const string AtOnce = "ingest: stopped at once. What was finished is kept; run the same command again to go on.";

    // Whoever started this may pass a signal on that the terminal has sent already.
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(300);

    // What is under way has eight seconds; on a busy machine its end may take some more.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Runs a command that is told of the first signal.</summary>
    /// <param name="command">The command; gives its exit code.</param>
    /// <param name="terminal">Where it is said.</param>
    public static async Task<int> RunAsync(Func<CancellationToken, Task<int>> command, Terminal terminal)
    {
        using var stop = new CancellationTokenSource();
        var asked = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Stop(PosixSignalContext context)
        {
            // Else the process ended here.
            context.Cancel = true;
            if (!asked.TrySetResult(Environment.TickCount64) && Environment.TickCount64 - asked.Task.Result > Apart.TotalMilliseconds)
                End(terminal);
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        var running = Task.Run(() => command(stop.Token));
        if (await Task.WhenAny(running, asked.Task) == running)
            return await running;

        // Whoever listens goes on in the call.
        _ = Task.Run(stop.Cancel);
        if (terminal.ErrorIsTerminal && await Task.WhenAny(running, Task.Delay(TimeSpan.FromSeconds(1))) != running)
            terminal.Error.WriteLine(Running);
        if (await Task.WhenAny(running, Task.Delay(Longest)) != running)
            End(terminal);
        return await running;
    }

    private static void End(Terminal terminal)
    {
        terminal.Error.WriteLine(AtOnce);
        Environment.Exit(ExitCodes.Cancelled);
    }
}
