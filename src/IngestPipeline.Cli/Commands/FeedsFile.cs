using IngestPipeline.Cli.Batch;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Feeds.Lists;

namespace IngestPipeline.Cli.Commands;

/// <summary>A feeds file as the commands read and change it: read whole, checked, replaced whole.</summary>
internal static class FeedsFile
{
    /// <summary>The file where none is named.</summary>
    public const string DefaultName = "feeds.json";

    private const string Option = "--feeds";

    /// <summary>Reads a list of feeds, in any form, that must be there and free of problems.</summary>
    /// <exception cref="CliException">It is not there, or says something that cannot be; each problem was told in a line with its place.</exception>
    public static FeedList Read(string path, Terminal terminal) => Read(path, InputFile.Read(path, terminal.Input), terminal).List;

    /// <summary>Reads a feeds file to change it.</summary>
    /// <exception cref="CliException">As above; or it is of another form, of which a change would leave nothing.</exception>
    public static (FeedList List, byte[] Bytes) ReadToChange(string path, Terminal terminal)
    {
        var bytes = InputFile.Read(path, terminal.Input);
        var read = Read(path, bytes, terminal);
        return read.Form == FeedListForm.Json ? (read.List, bytes)
            : throw new CliException(
                $"{path}: is {(read.Form == FeedListForm.Opml ? "OPML" : "a plain list")}, which is read and never changed; 'ingest feeds import {path}' takes its feeds into {DefaultName}");
    }

    /// <summary>The same, or an empty list with a new file's bytes where there is none yet.</summary>
    public static (FeedList List, byte[] Bytes) ReadOrNew(string path, Terminal terminal) =>
        File.Exists(path) ? ReadToChange(path, terminal)
        : Directory.Exists(path) ? throw new CliException($"{path}: is a folder; name a file for {Option}")
        : (FeedList.Empty, FeedListWriter.Write(FeedList.Empty));

    /// <summary>A problem as one line: file, line, what is wrong and what to write instead.</summary>
    public static string Line(string path, FeedListProblem problem) =>
        ControlText.Clean(problem.Line > 0 ? FormattableString.Invariant($"{path}:{problem.Line}: {problem.Message}") : $"{path}: {problem.Message}");

    /// <summary>Replaces the file whole: a crash leaves the old one or the new one.</summary>
    /// <exception cref="CliException">It cannot be written.</exception>
    public static void Write(string path, byte[] bytes) => OutputFile.Write(path, bytes, Option);

    private static FeedListResult Read(string path, byte[] bytes, Terminal terminal)
    {
        var read = FeedList.Read(bytes);
        foreach (var problem in read.Problems.Take(20))
            terminal.Error.WriteLine(Line(path, problem));
        return read.Problems.Count == 0 ? read : throw new CliException($"{path} was not used; mend what is said above");
    }
}
