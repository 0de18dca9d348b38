namespace IngestPipeline.Cli;

/// <summary>A user's mistake: one clear line and an exit code, never a stack trace.</summary>
internal sealed class CliException(string message, int exitCode = ExitCodes.Usage) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
