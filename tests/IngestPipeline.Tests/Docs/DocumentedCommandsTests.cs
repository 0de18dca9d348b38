using System.Diagnostics;
using System.Text.RegularExpressions;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Docs;

/// <summary>The documentation holds: marked commands run, links lead somewhere.</summary>
public sealed class DocumentedCommandsTests : IDisposable
{
    private static readonly string Root = RepositoryRoot.Path;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Pages => [.. Markdown().Select(f => Path.GetRelativePath(Root, f))];

    public static TheoryData<string> RunnablePages => [.. Markdown().Where(f => Blocks(f).Count > 0).Select(f => Path.GetRelativePath(Root, f))];

    [Theory]
    [MemberData(nameof(RunnablePages))]
    public async Task Commands_marked_to_run_run_as_they_stand(string page)
    {
        if (OperatingSystem.IsWindows())
            return;
        Directory.CreateSymbolicLink(_folder["samples"], Path.Combine(Root, "samples"));
        var ingest = Path.Combine(AppContext.BaseDirectory, "ingest.dll");
        // A page's blocks follow each other, as a reader would type them: in one shell that stops at the first failure.
        var script = $"set -eo pipefail\ningest() {{ dotnet '{ingest}' \"$@\"; }}\n" + string.Join('\n', Blocks(Path.Combine(Root, page)));
        var start = new ProcessStartInfo("bash", ["-c", script])
        {
            WorkingDirectory = _folder.Path, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true
        };
        start.Environment["XDG_CACHE_HOME"] = _folder["cache"];

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, $"{page}: exit code {process.ExitCode}\n{await error}\n{await output}");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_within_the_repository_lead_to_files(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Root, page))!;
        var links = Regex.Matches(
            Regex.Replace(File.ReadAllText(Path.Combine(Root, page)), "```.*?```", "", RegexOptions.Singleline), @"\]\((?<to>[^)\s#]+)(#[^)]*)?\)")
            .Select(m => m.Groups["to"].Value).Where(l => !l.Contains("://", StringComparison.Ordinal) && !l.StartsWith("mailto:", StringComparison.Ordinal))
            // Notes beside the tests come and go with them.
            .Where(l => !l.StartsWith("../tests/", StringComparison.Ordinal));

        Assert.DoesNotContain(links, l => !Path.Exists(Path.Combine(folder, l)));
    }

    [Fact]
    public void Several_pages_have_commands_that_are_run() => Assert.True(RunnablePages.Count >= 4);

    public void Dispose()
    {
        // The link goes first: what it leads to is not ours to delete.
        if (Directory.Exists(_folder["samples"]))
            Directory.Delete(_folder["samples"]);
        _folder.Dispose();
    }

    private static IEnumerable<string> Markdown() =>
        Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md").Concat(Directory.EnumerateFiles(Root, "*.md")).Order(StringComparer.Ordinal);

    private static List<string> Blocks(string file) =>
        [.. Regex.Matches(
            File.ReadAllText(file), "^```bash run\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline).Select(m => m.Groups["code"].Value)];
}
