using System.Globalization;
using System.Text.Json;

namespace IngestPipeline.Scoreboard;

/// <summary>One line of the table.</summary>
/// <param name="Id">Names its floor.</param>
/// <param name="Group">The part of the product it measures.</param>
/// <param name="Name">What it says.</param>
/// <param name="Key">The figure among all that the runs yield.</param>
/// <param name="Format">A .NET number format.</param>
/// <param name="Lower">True where less is better.</param>
/// <param name="Informative">True where no floor is kept.</param>
/// <param name="Goal">What we want to reach; null when nothing is set.</param>
/// <param name="Peer">The best peer's figure on the same data; null when none is known.</param>
/// <param name="PeerName">Which peer.</param>
internal sealed record Measure(
    string Id, string Group, string Name, string Key, string Format, bool Lower = false, bool Informative = false,
    double? Goal = null, double? Peer = null, string? PeerName = null)
{
    /// <summary>Whether a figure is at least as good as a bound.</summary>
    public bool Reaches(double value, double bound) => Lower ? value <= bound : value >= bound;

    public string Show(double? value) => value?.ToString(Format, CultureInfo.InvariantCulture) ?? "–";

    public static IReadOnlyList<Measure> Load(string path) =>
        JsonSerializer.Deserialize<List<Measure>>(File.ReadAllBytes(path), JsonSerializerOptions.Web)!;
}
