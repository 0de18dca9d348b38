using System.Collections.Frozen;
using IngestPipeline.Pipeline;

namespace IngestPipeline.Fetching.Addresses;

/// <summary>The parameters of an address's query that name the click and not the page.</summary>
internal static class TrackingParameters
{
    private static readonly FrozenSet<string> Names;
    private static readonly string[] Prefixes;

    static TrackingParameters()
    {
        var lines = DataFiles.Lines("Pipeline.TrackingParameters.table.txt");
        Names = lines.Where(l => !l.EndsWith('*')).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        Prefixes = [.. lines.Where(l => l.EndsWith('*')).Select(l => l[..^1])];
    }

    /// <summary>True for such a parameter, written as <c>name</c> or <c>name=value</c>.</summary>
    public static bool Holds(string parameter)
    {
        var equals = parameter.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? parameter : parameter[..equals];
        return Names.Contains(name) || Prefixes.Any(p => name.StartsWith(p, StringComparison.OrdinalIgnoreCase));
    }
}
