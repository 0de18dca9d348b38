namespace IngestPipeline.Tests.Functions.Infra;

public sealed class SolutionTests
{
    [Fact]
    public void Solution_lists_the_Functions_app_without_building_it()
    {
        var lines = File.ReadAllLines(Path.Combine(RepositoryRoot.Path, "IngestPipeline.sln"));
        var id = Assert.Single(lines, line => line.Contains("\"IngestPipeline.Functions\"", StringComparison.Ordinal)).Split('"')[^2];

        Assert.Contains(lines, line => line.Contains(id, StringComparison.Ordinal) && line.Contains(".ActiveCfg", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains(id, StringComparison.Ordinal) && line.Contains(".Build.0", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_that_is_built_references_the_Functions_app()
    {
        var referrers = new[] { "src", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, folder), "*.csproj", SearchOption.AllDirectories))
            .Where(file => File.ReadAllText(file).Contains("IngestPipeline.Functions.csproj", StringComparison.Ordinal));

        Assert.Empty(referrers);
    }
}
