using System.Globalization;
using System.Text.Json;
using IngestPipeline.Boilerplate;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Learning;

/// <summary>What the articles first seen on one day teach, site by site: of each site those with the smallest ids, which are the same in any order.</summary>
internal sealed class DayLessons
{
    /// <summary>The most articles that a site teaches by on one day.</summary>
    public const int PerSite = 16;

    private const string Schema = "lessons/1";

    private readonly SortedDictionary<string, SortedList<string, SiteSample>> _sites = new(StringComparer.Ordinal);

    /// <summary>The sites with their samples.</summary>
    public IEnumerable<(string Site, IEnumerable<SiteSample> Samples)> Sites => _sites.Select(s => (s.Key, s.Value.Values.AsEnumerable()));

    /// <summary>Takes an article in.</summary>
    public void Add(string site, SiteSample sample)
    {
        if (!_sites.TryGetValue(site, out var samples))
            _sites[site] = samples = new(StringComparer.Ordinal);
        samples[sample.Id] = sample;
        if (samples.Count > PerSite)
            samples.RemoveAt(PerSite);
    }

    public byte[] ToJson() => RecordJson.Object(json =>
    {
        json.WriteString("schema", Schema);
        json.WriteStartObject("sites");
        foreach (var (site, samples) in _sites)
        {
            json.WriteStartArray(site);
            foreach (var sample in samples.Values)
            {
                json.WriteStartObject();
                json.WriteString("id", sample.Id);
                json.WriteString("body", Hex(sample.Body));
                json.WriteString("edge", string.Join(' ', sample.Edge.Select(Hex)));
                json.WriteString("inner", string.Join(' ', sample.Inner.Select(Hex)));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    });

    /// <summary>From JSON; null when it is none.</summary>
    public static DayLessons? Read(ReadOnlySpan<byte> bytes) =>
        StoreDamage.TryRead(bytes, Schema, json =>
        {
            var lessons = new DayLessons();
            foreach (var site in json.GetProperty("sites").EnumerateObject())
            {
                foreach (var s in site.Value.EnumerateArray())
                    lessons.Add(site.Name, new(RecordJson.Text(s, "id")!, Key(RecordJson.Text(s, "body")!), Keys(s, "edge"), Keys(s, "inner")));
            }

            return lessons;
        });

    public static string Hex(ulong key) => key.ToString("x16", CultureInfo.InvariantCulture);

    public static ulong Key(string hex) => ulong.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static ulong[] Keys(JsonElement json, string name) =>
        [.. RecordJson.Text(json, name)!.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Key)];
}
