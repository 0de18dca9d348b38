using System.Text;
using IngestPipeline.Cli.Batch;

namespace IngestPipeline.Cli.Consoles;

/// <summary>Where a command reads and writes; tests give their own streams.</summary>
internal sealed class Terminal(Stream input, Stream output, TextWriter error, bool errorIsTerminal, bool outputIsTerminal)
{
    public Stream Input { get; } = input;

    public Stream Output { get; } = output;

    public TextWriter Error { get; } = error;

    public bool ErrorIsTerminal { get; } = errorIsTerminal;

    public bool OutputIsTerminal { get; } = outputIsTerminal;

    /// <summary>True when colours may be used on standard output.</summary>
    public bool UsesColor { get; private init; } = outputIsTerminal;

    /// <summary>The same terminal, for a user who wants no colours.</summary>
    public Terminal WithoutColor() => new(Input, Output, Error, ErrorIsTerminal, OutputIsTerminal) { UsesColor = false };

    public static Terminal OfProcess()
    {
        var error = new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true };
        return new(
            Console.OpenStandardInput(), Console.OpenStandardOutput(), TextWriter.Synchronized(error), !Console.IsErrorRedirected, !Console.IsOutputRedirected);
    }

    /// <summary>Says in one line on standard error which file was written and what it holds.</summary>
    public void SayWritten(string path, string what) => Error.WriteLine(ControlText.Clean($"wrote {path}: {what}"));

    /// <summary>A writer of people's text on standard output; the caller disposes it.</summary>
    public StreamWriter TextOutput() => new(Output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
}
