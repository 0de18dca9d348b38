using IngestPipeline.Cli.Batch;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Feeds.Lists;

namespace IngestPipeline.Cli.Commands;

/// <summary>A feeds file as the commands read and change it: read whole, checked, replaced whole.</summary>
internal static class FeedsFile
{
    /// <summary>The file where none is named.</summary>
    public const string DefaultName = "feeds.json";

    /// <summary>Reads a feeds file (or OPML) that must be there and free of problems.</summary>
    /// <exception cref="CliException">It is not there, or says something that cannot be; each problem was told in a line with its place.</exception>
    public static (FeedList List, byte[] Bytes) Read(string path, Terminal terminal)
    {
        var bytes = InputFile.Read(path, terminal.Input);
        var read = FeedList.Read(bytes);
        foreach (var problem in read.Problems.Take(20))
            terminal.Error.WriteLine(Line(path, problem));
        if (read.Problems.Count > 0)
            throw new CliException($"{path} was not used; mend what is said above");
        return (read.List, bytes);
    }

    /// <summary>A problem as one line: file, line, what is wrong and what to write instead.</summary>
    public static string Line(string path, FeedListProblem problem) =>
        ControlText.Clean(problem.Line > 0 ? FormattableString.Invariant($"{path}:{problem.Line}: {problem.Message}") : $"{path}: {problem.Message}");

    /// <summary>The same, or an empty list with a new file's bytes where there is none yet.</summary>
    public static (FeedList List, byte[] Bytes) ReadOrNew(string path, Terminal terminal) =>
        File.Exists(path) ? Read(path, terminal) : (FeedList.Empty, FeedListWriter.Write(FeedList.Empty));

    /// <summary>Replaces the file whole: a crash leaves the old one or the new one.</summary>
    public static void Write(string path, byte[] bytes)
    {
        var temporary = path + ".new";
        File.WriteAllBytes(temporary, bytes);
        File.Move(temporary, path, overwrite: true);
    }
}
