using System.Text.Json;
using System.Text.RegularExpressions;
using IngestPipeline.Hosting;

namespace IngestPipeline.Tests.Functions.Infra;

/// <summary>What can be said about the templates without Azure.</summary>
public sealed partial class InfraTests
{
    // Who needs what, and why: access.bicep says it beside each.
    private static readonly string[] AppRoles =
    [
        "b7e6dc6d-f1e8-4753-8033-0f276bb0955b", // Storage Blob Data Owner
        "974c5e8b-45b9-4653-ba55-5f855dd0fb88", // Storage Queue Data Contributor
        "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3", // Storage Table Data Contributor
        "3913510d-42f4-4e42-8a64-420c390055eb", // Monitoring Metrics Publisher
    ];

    private static readonly string[] OperatorRoles =
    [
        "ba92f5b4-2d11-453d-a403-e96b0029c9fe", // Storage Blob Data Contributor
        "974c5e8b-45b9-4653-ba55-5f855dd0fb88", // Storage Queue Data Contributor
    ];

    [Fact]
    public void Brackets_and_strings_of_every_template_are_closed()
    {
        Assert.NotEmpty(Templates.Files);
        Assert.All(Templates.Files, file => BicepText.Code(File.ReadAllText(file)));
    }

    [BicepFact]
    public void Templates_compile_without_a_warning()
    {
        var (json, said) = BicepCompiler.Build(Path.Combine(Templates.Folder, "main.bicep"));

        Assert.Equal("", said);
        using var template = JsonDocument.Parse(json);
        Assert.True(template.RootElement.TryGetProperty("resources", out _));
    }

    [BicepFact]
    public void Templates_are_formatted_as_the_compiler_would()
    {
        var copy = Directory.CreateTempSubdirectory("ingest-bicep-").FullName;
        try
        {
            foreach (var file in Templates.Files)
                File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
            BicepCompiler.Format(copy);

            Assert.All(Templates.Files, file => Assert.Equal(File.ReadAllText(Path.Combine(copy, Path.GetFileName(file))), File.ReadAllText(file)));
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    [Fact]
    public void Every_resource_type_has_one_version_and_none_is_a_preview()
    {
        var versions = Templates.Files.SelectMany(f => ResourceType().Matches(BicepText.Code(File.ReadAllText(f))))
            .Select(m => (Type: m.Groups["type"].Value, Version: m.Groups["version"].Value)).Distinct().ToList();

        Assert.All(versions, v => Assert.Matches(@"^20(1[89]|2\d)-\d\d-\d\d$", v.Version));
        Assert.All(versions.GroupBy(v => v.Type, StringComparer.OrdinalIgnoreCase), type => Assert.Single(type));
        Assert.Contains(("Microsoft.Web/sites", "2024-04-01"), versions);
    }

    [Fact]
    public void Templates_use_no_module_registry() =>
        Assert.All(Templates.Files, f => Assert.DoesNotMatch(@"'(br|ts)[:/]", BicepText.Code(File.ReadAllText(f))));

    [Fact]
    public void The_app_and_the_operator_get_the_roles_that_they_need_and_no_other()
    {
        var code = Templates.Code("access.bicep");
        var names = Guid().Matches(code).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["id"].Value, StringComparer.Ordinal);
        var list = RoleList().Match(code).Groups["names"].Value.Split(',', StringSplitOptions.TrimEntries);

        var grants = RoleAssignment().Matches(code).Select(m => m.Value).ToList();
        var app = grants.Where(g => g.Contains("principalId: appPrincipalId", StringComparison.Ordinal)).ToList();
        var operators = grants.Where(g => g.Contains("principalId: operatorPrincipalId", StringComparison.Ordinal)).ToList();

        Assert.Equal(grants.Count, app.Count + operators.Count);
        Assert.Equal(AppRoles.Order(StringComparer.Ordinal), app.SelectMany(Granted).Order(StringComparer.Ordinal));
        Assert.Equal(OperatorRoles.Order(StringComparer.Ordinal), operators.SelectMany(Granted).Order(StringComparer.Ordinal));
        // The operator's blobs are those of the store: the account also holds the host's keys.
        Assert.Contains("scope: store", operators.Single(g => Granted(g).Contains(OperatorRoles[0], StringComparer.Ordinal)), StringComparison.Ordinal);

        IEnumerable<string> Granted(string grant)
        {
            var role = RoleOf().Match(grant).Groups["role"].Value;
            return role == "role" ? list.Select(n => names[n]) : [names[role]];
        }
    }

    [Fact]
    public void Role_assignments_stand_only_in_the_templates_that_say_why()
    {
        var files =
            Templates.Files.Where(f => BicepText.Code(File.ReadAllText(f)).Contains("Microsoft.Authorization/roleAssignments", StringComparison.Ordinal));

        Assert.Equal(["access.bicep", "vault.bicep"], files.Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("storage.bicep", "allowSharedKeyAccess: false")]
    [InlineData("storage.bicep", "allowBlobPublicAccess: false")]
    [InlineData("storage.bicep", "minimumTlsVersion: 'TLS1_2'")]
    [InlineData("storage.bicep", "supportsHttpsTrafficOnly: true")]
    [InlineData("storage.bicep", "publicAccess: 'None'")]
    [InlineData("monitoring.bicep", "DisableLocalAuth: true")]
    [InlineData("app.bicep", "httpsOnly: true")]
    [InlineData("app.bicep", "type: 'UserAssigned'")]
    [InlineData("app.bicep", "runtime: { name: 'dotnet-isolated', version: '10.0' }")]
    [InlineData("vault.bicep", "enableRbacAuthorization: true")]
    public void Nothing_opens_without_an_identity(string file, string text) => Assert.Contains(text, Templates.Code(file), StringComparison.Ordinal);

    [Fact]
    public void Neither_templates_nor_settings_hold_a_key() => Assert.All(
        Templates.Files,
        f => Assert.DoesNotMatch(@"listKeys|listAccountSas|AccountKey=|InstrumentationKey|sharedKey\b", BicepText.Code(File.ReadAllText(f))));

    [Fact]
    public void Settings_that_Flex_Consumption_refuses_are_not_set() => Assert.All(
        ["FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_EXTENSION_VERSION", "WEBSITE_RUN_FROM_PACKAGE", "WEBSITE_CONTENTSHARE", "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING", "AzureWebJobsStorage"],
        name => Assert.DoesNotContain(name, Templates.AppSettings().Keys));

    [Fact]
    public void Every_parameter_is_described_and_its_cost_stands_in_the_readme()
    {
        var code = Templates.Code("main.bicep");
        var readme = File.ReadAllText(Path.Combine(Templates.Folder, "README.md"));
        var names = Parameter().Matches(code).Select(m => m.Groups["name"].Value).ToList();

        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Matches($@"@description\('[^\n]+\n(@[^\n]+\n)*param {name} ", code));
        Assert.All(names.Except(["environmentName", "location"]), name => Assert.Contains($"`{name}`", readme, StringComparison.Ordinal));
    }

    [Fact]
    public void Parameters_file_names_parameters_of_the_template()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Templates.Folder, "main.parameters.json")));
        var names = Parameter().Matches(Templates.Code("main.bicep")).Select(m => m.Groups["name"].Value).ToList();
        var given = file.RootElement.GetProperty("parameters").EnumerateObject().Select(p => p.Name).ToList();

        Assert.All(given, name => Assert.Contains(name, names));
        Assert.All(["environmentName", "location", "userAgentContact"], name => Assert.Contains(name, given));
    }

    [Fact]
    public void Captures_cool_down_and_reach_the_archive_tier_only_by_choice()
    {
        var code = Templates.Code("storage.bicep");

        Assert.Contains("prefixMatch: ['${store}/capture/']", code, StringComparison.Ordinal);
        Assert.Contains("tierToCool: { daysAfterModificationGreaterThan: captureCoolAfterDays }", code, StringComparison.Ordinal);
        Assert.Contains("tierToCold: { daysAfterModificationGreaterThan: captureColdAfterDays }", code, StringComparison.Ordinal);
        Assert.Contains("param captureArchiveAfterDays int = 0", Templates.Code("main.bicep"), StringComparison.Ordinal);
    }

    [Fact]
    public void Sites_teach_for_as_many_days_as_on_one_machine()
    {
        Assert.Equal("string(learnDays)", Templates.AppSettings()[SettingNames.LearnDays]);
        Assert.Equal(
            new IngestOptions { Store = "folder" }.Pipeline.LearnDays,
            int.Parse(Templates.Defaults()["learnDays"], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Contains(
            $"@maxValue({IngestPipeline.Pipeline.PipelineOptions.MaxLearnDays})\nparam learnDays int",
            Templates.Code("main.bicep").Replace("\r", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Captures_are_let_go_by_the_same_days_in_the_app_and_in_the_lifecycle_and_by_default_nothing_is()
    {
        var code = Templates.Code("storage.bicep");
        var settings = Templates.AppSettings();
        var defaults = Templates.Defaults();
        var (options, problems) = IngestOptions.Read(name => name.StartsWith("Keep", StringComparison.Ordinal) ? defaults[Parameter(name)] : null, "folder");

        Assert.Equal("string(keepCapturesDays)", settings[SettingNames.KeepCapturesDays]);
        Assert.Contains("keepCapturesDays == 0 ? {} : { delete: { daysAfterModificationGreaterThan: keepCapturesDays + 1 } }", code, StringComparison.Ordinal);
        // Articles are named by manifests: only the app may let go of them.
        Assert.Single(code.Split('\n'), line => line.Contains("prefixMatch", StringComparison.Ordinal));
        Assert.Empty(problems);
        Assert.True(options.Live.Retention.KeepsAll);
        Assert.Equal("keep", defaults["rawPages"]);

        static string Parameter(string name) => char.ToLowerInvariant(name[0]) + name[1..];
    }

    [GeneratedRegex(@"'(?<type>Microsoft\.[A-Za-z]+(/[A-Za-z]+)+)@(?<version>[^']+)'")]
    private static partial Regex ResourceType();

    [GeneratedRegex(@"^var (?<name>\w+) = '(?<id>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})'$", RegexOptions.Multiline)]
    private static partial Regex Guid();

    [GeneratedRegex(@"^var appStorageRoles = \[(?<names>[^\]]+)\]", RegexOptions.Multiline)]
    private static partial Regex RoleList();

    [GeneratedRegex(@"^resource \w+ 'Microsoft\.Authorization/roleAssignments@.+?^[\]}]", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex RoleAssignment();

    [GeneratedRegex(@"roleDefinitions', (?<role>\w+)\)")]
    private static partial Regex RoleOf();

    [GeneratedRegex(@"^param (?<name>\w+) ", RegexOptions.Multiline)]
    private static partial Regex Parameter();
}
