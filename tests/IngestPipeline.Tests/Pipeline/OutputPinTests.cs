using System.Security.Cryptography;
using System.Text;
using IngestPipeline.Pipeline;
using IngestPipeline.Tests.Cli;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Pipeline;

/// <summary>
/// One pipeline version writes one thing: what the samples and the fixtures' pages come out as is pinned together with the version. It sees what these few
/// pages show; who changes what other pages come out as raises the number all the same.
/// </summary>
public sealed class OutputPinTests : IDisposable
{
    private static readonly string Fixtures = Path.Combine(AppContext.BaseDirectory, "Extraction", "Fixtures");

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task What_is_written_changes_only_with_the_pipeline_version()
    {
        var pin = (await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Pipeline", "Fixtures", "output.pin.txt"))).Trim();
        var version = PipelineVersion.Of(new());

        var now = $"{version} {await DigestAsync(version)}";

        if (now != pin && pin.StartsWith(version + " ", StringComparison.Ordinal))
            Assert.Fail(
                "The same rules, models and options now write something else. If that is meant, raise the part's number in src/IngestPipeline/Pipeline/code-revisions.table.txt, and run this again.");
        if (now != pin)
            Assert.Fail($"Rules, models or a part's number have changed. Put this line into tests/IngestPipeline.Tests/Pipeline/Fixtures/output.pin.txt: {now}");
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> DigestAsync(string version)
    {
        await ReplayRun.RunAsync(Path.Combine(RepositoryRoot.Path, "samples"), _folder["out"]);
        var written = new StringBuilder();
        foreach (var record in Directory.EnumerateFiles(Path.Combine(_folder["out"], "records"), "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            written.Append(await File.ReadAllTextAsync(record)).Append('\n');

        string[] pages = [.. Directory.EnumerateFiles(Fixtures, "*", SearchOption.AllDirectories).Where(f => Path.GetExtension(f) is ".html" or ".txt").Order(StringComparer.Ordinal)];
        Assert.NotEmpty(pages);
        var extracted = await CliRun.RunAsync(["extract", .. pages]);
        Assert.Equal(0, extracted.ExitCode);

        // Names of files are this machine's, and the version is beside the digest.
        written.Append(extracted.Output).Replace(Fixtures, "").Replace(version, "");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(written.ToString())));
    }
}
