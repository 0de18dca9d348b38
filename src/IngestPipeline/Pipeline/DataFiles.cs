using System.Reflection;

namespace IngestPipeline.Pipeline;

/// <summary>The library's embedded data files: rules, models, tables.</summary>
internal static class DataFiles
{
    private const string Root = "IngestPipeline.";

    /// <summary>All of them by name, in ordinal order. The report's style and script are none: how a store is shown is not how it was made.</summary>
    public static IEnumerable<string> Names() =>
        Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Root, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <summary>The lines of a table, without comments and empty lines.</summary>
    public static string[] Lines(string name)
    {
        using var reader = new StreamReader(Open(Root + name));
        return [.. reader.ReadToEnd().Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#')];
    }

    public static Stream Open(string fullName) =>
        Assembly.GetManifestResourceStream(fullName) ?? throw new InvalidOperationException($"The data file {fullName} is not in the library.");

    private static Assembly Assembly => typeof(DataFiles).Assembly;
}
