using System.Text.RegularExpressions;

namespace IngestPipeline.Tests;

/// <summary>Rules of the house that no analyzer here checks.</summary>
public sealed class SourceRulesTests
{
    [Fact]
    public void Library_reads_no_ambient_clock_guid_or_unseeded_random_and_registers_nothing_process_wide()
    {
        var banned = new Regex(@"Encoding\.RegisterProvider|DateTime(Offset)?\.(Utc)?Now|DateTime\.Today|Guid\.NewGuid|new Random\(\)|Random\.Shared");
        var hits = SourceFiles().SelectMany(f => File.ReadLines(f).Select((line, n) => (f, n, line)))
            .Where(x => banned.IsMatch(x.line))
            .Select(x => $"{x.f}:{x.n + 1} {x.line.Trim()}");

        Assert.Empty(hits);
    }

    private static IEnumerable<string> SourceFiles() =>
        Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src", "IngestPipeline"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
}
