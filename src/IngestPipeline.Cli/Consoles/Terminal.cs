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

    /// <summary>True when somebody types what is read.</summary>
    public bool InputIsTerminal { get; private init; }

    /// <summary>The same terminal, for a user who wants no colours.</summary>
    public Terminal WithoutColor() => new(Input, Output, Error, ErrorIsTerminal, OutputIsTerminal) { UsesColor = false, InputIsTerminal = InputIsTerminal };

    /// <summary>The same terminal, whose input is not waited for when the command is to stop.</summary>
    public Terminal WithStop(CancellationToken cancellation)
    {
        Action? waits = InputIsTerminal ? () => Error.WriteLine("reading what is typed here; Ctrl-D on a line of its own ends it") : null;
        return new(new StoppableInput(() => Input, waits, cancellation), Output, Error, ErrorIsTerminal, OutputIsTerminal) { UsesColor = UsesColor };
    }

    public static Terminal OfProcess()
    {
        var error = new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true };
        return new(
            StoppableInput.IsClosed() ? StoppableInput.Closed : Console.OpenStandardInput(),
            Console.OpenStandardOutput(), TextWriter.Synchronized(error), !Console.IsErrorRedirected, !Console.IsOutputRedirected)
        {
            InputIsTerminal = !Console.IsInputRedirected,
        };
    }

    /// <summary>Says in one line on standard error which file was written and what it holds.</summary>
    public void SayWritten(string path, string what) => Error.WriteLine(ControlText.Clean($"wrote {path}: {what}"));

    /// <summary>A writer of people's text on standard output; the caller disposes it.</summary>
    public StreamWriter TextOutput() => new(Output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
}
