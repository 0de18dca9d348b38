using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace IngestPipeline.Tests.Cli;

/// <summary><c>ingest</c> as a process of its own, from where its project is built to: beside the tests, parts of it come from their frameworks.</summary>
internal sealed class CliProcess : IDisposable
{
    private const int HangUp = 1;
    private const int Interrupt = 2;
    private const int Terminate = 15;
    // Only what hangs takes as long.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    private readonly Process _process;
    private readonly StringBuilder _error = new();
    private readonly Task<string> _output;

    private CliProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_error)
                _error.Append(line.Data is null ? "" : line.Data + "\n");
        };
        process.BeginErrorReadLine();
    }

    public static string Program { get; } = Path.Combine(
        [RepositoryRoot.Path, "src", "IngestPipeline.Cli", "bin", .. AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar)[^2..], "ingest.dll"]);

    public bool HasExited => _process.HasExited;

    /// <summary>True once it listens to signals: of this one the runtime itself, which listens to others at once, knows nothing.</summary>
    public bool IsListening => Signals("SigCgt:", _process.Id.ToString(CultureInfo.InvariantCulture), HangUp);

    public string Error
    {
        get
        {
            lock (_error)
                return _error.ToString();
        }
    }

    public static CliProcess Start(params string[] args) => Start(new Dictionary<string, string?>(), args);

    /// <param name="environment">Variables to set; null = to unset.</param>
    /// <param name="args">The arguments.</param>
    public static CliProcess Start(IReadOnlyDictionary<string, string?> environment, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. args])
        {
            RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true, UseShellExecute = false
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    public static async Task<CliRun> RunAsync(IReadOnlyDictionary<string, string?> environment, params string[] args)
    {
        using var process = Start(environment, args);
        return await process.EndAsync();
    }

    /// <summary>As Ctrl-C does; as a service manager does where these tests run in the background, whose processes never see a Ctrl-C.</summary>
    public void InterruptNow() => Assert.Equal(0, Kill(_process.Id, IsIgnored(Interrupt) ? Terminate : Interrupt));

    /// <summary>As a service manager does that wants it to end by itself.</summary>
    public void TerminateNow() => Assert.Equal(0, Kill(_process.Id, Terminate));

    public void KillNow() => _process.Kill();

    public async Task<CliRun> EndAsync()
    {
        using var deadline = new CancellationTokenSource(Longest);
        await _process.WaitForExitAsync(deadline.Token);
        return new(_process.ExitCode, await _output, Error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    // What a shell has made its background jobs ignore, their processes ignore, too.
    private static bool IsIgnored(int signal) => Signals("SigIgn:", "self", signal);

    private static bool Signals(string field, string process, int signal)
    {
        var status = $"/proc/{process}/status";
        var line = File.Exists(status) ? File.ReadLines(status).FirstOrDefault(l => l.StartsWith(field, StringComparison.Ordinal)) : null;
        return line is not null && (Convert.ToUInt64(line[field.Length..].Trim(), 16) >> (signal - 1) & 1) == 1;
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
