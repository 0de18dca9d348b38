using System.CommandLine;
using System.Reflection;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Records;

namespace IngestPipeline.Cli.Commands;

/// <summary><c>ingest init</c>: a commented configuration and feeds file to start from.</summary>
internal static class InitCommand
{
    private static readonly string[] Files = ["feeds.json", "ingest.env"];

    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("folder") { Description = "Where to write; the current folder when left out.", DefaultValueFactory = _ => "." };
        var json = SharedOptions.Json();
        var command = new Command("init", "Writes a commented feeds file and settings to start from; what is there already stays.") { folder, json };
        command.SetAction(result =>
        {
            var target = result.GetRequiredValue(folder);
            if (File.Exists(target))
                throw new CliException($"{target}: is a file; name a folder, which is made if there is none");
            var (written, kept) = Write(target);
            using var text = terminal.TextOutput();
            if (result.GetValue(json))
            {
                text.WriteLine(JsonLine.Text(j =>
                {
                    j.Texts("written", written);
                    j.Texts("kept", kept);
                }));
                return;
            }

            foreach (var file in written)
                text.WriteLine($"wrote {file}");
            foreach (var file in kept)
                text.WriteLine($"kept {file}, which was there already");
            text.WriteLine($"Next: put your feeds into {Path.Combine(target, Files[0])}, or 'ingest feeds add URL --feeds {Path.Combine(target, Files[0])}'.");
        });
        return command;
    }

    private static (List<string> Written, List<string> Kept) Write(string folder)
    {
        var (written, kept) = (new List<string>(), new List<string>());
        foreach (var name in Files)
        {
            var path = Path.Combine(folder, name);
            try
            {
                Directory.CreateDirectory(folder);
                using var from = Assembly.GetExecutingAssembly().GetManifestResourceStream("Init." + name)!;
                // CreateNew: never over somebody's feeds, also when two run at once.
                using var to = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
                from.CopyTo(to);
                written.Add(path);
            }
            catch (IOException) when (File.Exists(path))
            {
                kept.Add(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new CliException(FileErrors.Say(path, e));
            }
        }

        return (written, kept);
    }
}
