using System.Text.RegularExpressions;

namespace IngestPipeline.Tests.Functions.Infra;

/// <summary>The templates of <c>infra/</c>, without comments.</summary>
internal static partial class Templates
{
    public static string Folder { get; } = Path.Combine(RepositoryRoot.Path, "infra");

    public static IEnumerable<string> Files => Directory.EnumerateFiles(Folder, "*.bicep").Order(StringComparer.Ordinal);

    public static string Code(string name) => BicepText.Code(File.ReadAllText(Path.Combine(Folder, name)));

    /// <summary>The app settings that the template sets, each with its expression.</summary>
    public static IReadOnlyDictionary<string, string> AppSettings()
    {
        var code = Code("app.bicep");
        var from = code.IndexOf("properties: union(", code.IndexOf("resource settings ", StringComparison.Ordinal), StringComparison.Ordinal);
        var to = code.IndexOf("toObject(", from, StringComparison.Ordinal);
        return Setting().Matches(code[from..to]).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["value"].Value, StringComparer.Ordinal);
    }

    /// <summary>The defaults of the top template's text parameters.</summary>
    public static IReadOnlyDictionary<string, string> Defaults() =>
        Default().Matches(Code("main.bicep")).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["value"].Value, StringComparer.Ordinal);

    [GeneratedRegex(@"^\s+(?<name>[A-Za-z_]\w*): (?<value>.+)$", RegexOptions.Multiline)]
    private static partial Regex Setting();

    [GeneratedRegex(@"^param (?<name>\w+) (string|int) = '?(?<value>[^'\n]*)'?$", RegexOptions.Multiline)]
    private static partial Regex Default();
}
