using System.Text;
using IngestPipeline.Cli;
using IngestPipeline.Cli.Consoles;

namespace IngestPipeline.Tests.Cli;

/// <summary>Runs <c>ingest</c> in this process and keeps what it prints.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Error)
{
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static Task<CliRun> RunAsync(params string[] args) => RunAsync("", args);

    public static async Task<CliRun> RunAsync(string input, string[] args)
    {
        using var output = new MemoryStream();
        await using var error = new StringWriter();
        var terminal = new Terminal(new MemoryStream(Encoding.UTF8.GetBytes(input)), output, error, errorIsTerminal: false, outputIsTerminal: false);
        var code = await IngestCli.RunAsync(args, terminal);
        return new(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
