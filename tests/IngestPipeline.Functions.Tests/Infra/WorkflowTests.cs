using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace IngestPipeline.Tests.Functions.Infra;

public sealed partial class WorkflowTests
{
    private static readonly string Folder = Path.Combine(RepositoryRoot.Path, ".github", "workflows");

    [Fact]
    public void Actions_are_pinned_to_commits_and_the_version_stands_beside_each()
    {
        var lines =
            Directory.EnumerateFiles(Folder, "*.yml").SelectMany(File.ReadLines).Where(line => line.Contains("uses:", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Matches(@"uses: [A-Za-z0-9-]+/[A-Za-z0-9-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line));
    }

    [Fact]
    public void Workflows_read_the_repository_only_and_store_no_secret()
    {
        foreach (var file in Directory.EnumerateFiles(Folder, "*.yml"))
        {
            var text = File.ReadAllText(file);
            var root = Read(file);

            Assert.Equal("read", ((YamlMappingNode)root["permissions"])["contents"].ToString());
            Assert.DoesNotContain("secrets.", text, StringComparison.Ordinal);
            // What a person typed must not become part of a script.
            Assert.All(RunLines(root), run => Assert.DoesNotContain("${{", run, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Deployment_signs_in_by_oidc_after_the_tests_and_passes_what_the_parameters_file_reads()
    {
        var root = Read(Path.Combine(Folder, "deploy.yml"));
        var job = (YamlMappingNode)root["jobs"]["deploy"];
        var runs = RunLines(root).ToList();
        var variables =
            Variable().Matches(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "infra", "main.parameters.json"))).Select(m => m.Groups["name"].Value);

        Assert.Equal("write", job["permissions"]["id-token"].ToString());
        Assert.True(runs.IndexOf("dotnet test") < runs.FindIndex(r => r.StartsWith("azd auth login", StringComparison.Ordinal)));
        Assert.All(variables, name => Assert.True(((YamlMappingNode)job["env"]).Children.ContainsKey(name), name));
    }

    [Fact]
    public void Azd_finds_templates_and_app()
    {
        var root = Read(Path.Combine(RepositoryRoot.Path, "azure.yaml"));
        var service = (YamlMappingNode)root["services"]["ingest"];

        Assert.Equal("function", service["host"].ToString());
        Assert.True(File.Exists(Path.Combine(RepositoryRoot.Path, service["project"].ToString(), "IngestPipeline.Functions.csproj")));
        Assert.True(File.Exists(Path.Combine(RepositoryRoot.Path, root["infra"]["path"].ToString(), root["infra"]["module"] + ".bicep")));
        Assert.Contains("'azd-service-name': 'ingest'", Templates.Code("app.bicep"), StringComparison.Ordinal);
    }

    private static YamlMappingNode Read(string file)
    {
        var stream = new YamlStream();
        using var reader = File.OpenText(file);
        stream.Load(reader);
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    private static IEnumerable<string> RunLines(YamlMappingNode root) =>
        ((YamlMappingNode)root["jobs"]).Children.Values
            .SelectMany(job => ((YamlSequenceNode)job["steps"]).Children.OfType<YamlMappingNode>())
            .Where(step => step.Children.ContainsKey("run"))
            .Select(step => step["run"].ToString());

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)")]
    private static partial Regex Variable();
}
