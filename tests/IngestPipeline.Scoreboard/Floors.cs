using System.Text.Encodings.Web;
using System.Text.Json;

namespace IngestPipeline.Scoreboard;

/// <summary>The figures that must not drop, pinned with the digest of the data they were measured on.</summary>
internal sealed record Floors(string Digest, SortedDictionary<string, double> Values)
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Floors Load(string path)
    {
        if (!File.Exists(path))
            return new("", new(StringComparer.Ordinal));
        var read = JsonSerializer.Deserialize<Floors>(File.ReadAllBytes(path))!;
        return read with { Values = new(read.Values, StringComparer.Ordinal) };
    }

    public void Save(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Format).ReplaceLineEndings("\n") + "\n");

    /// <summary>The floors with each one raised to what was measured, or also lowered when forced.</summary>
    public Floors Raised(IEnumerable<Measure> measures, IReadOnlyDictionary<string, double> figures, string digest, bool force)
    {
        var values = new SortedDictionary<string, double>(Values, StringComparer.Ordinal);
        foreach (var measure in measures.Where(m => !m.Informative))
        {
            if (figures.TryGetValue(measure.Key, out var now) && (force || !values.TryGetValue(measure.Id, out var floor) || measure.Reaches(now, floor)))
                values[measure.Id] = now;
        }
        return new(digest, values);
    }
}
