using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IngestPipeline.Tests.Pipeline;
using IngestPipeline.Tests.Storage;
using NJsonSchema;

namespace IngestPipeline.Tests.Records;

/// <summary>What a replay writes is what the published schemas promise.</summary>
public sealed class SchemaTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Everything_that_a_replay_writes_follows_the_published_schemas()
    {
        var store = _folder["out"];
        await ReplayRun.RunAsync(Path.Combine(RepositoryRoot.Path, "samples"), store);
        await ReplayRun.RunAsync(ReplayTests.Weekend().Save(_folder["a.warc"]), store);

        await Check("record", Files(store, "records", "*.json"));
        await Check("article", Files(store, "articles", "*.json"));
        await Check("decision", Files(store, "decisions", "*.ndjson").SelectMany(f => File.ReadLines(f)));
        await Check("change", Files(store, "changes", "*.ndjson").SelectMany(f => File.ReadLines(f)));
        await Check("rollup-manifest", [await File.ReadAllTextAsync(Path.Combine(store, "rollups", "manifest.json"))]);
        await Check("store", [await File.ReadAllTextAsync(Path.Combine(store, "store.json"))]);

        static async Task Check(string schema, IEnumerable<string> documents)
        {
            var rules = await JsonSchema.FromFileAsync(Path.Combine(RepositoryRoot.Path, "docs", "schemas", schema + ".schema.json"));
            var count = 0;
            foreach (var document in documents)
            {
                var json = document.StartsWith('{') ? document : await File.ReadAllTextAsync(document);
                var errors = rules.Validate(json);
                Assert.True(errors.Count == 0, $"{schema}: {string.Join("; ", errors)} in {json}");
                count++;
            }

            Assert.True(count > 0, $"no {schema} was written");
        }
    }

    [Fact]
    public async Task A_day_s_roll_up_holds_its_records_and_the_manifest_hashes_the_uncompressed_content()
    {
        var store = _folder["out"];
        await ReplayRun.RunAsync(ReplayTests.Weekend().Save(_folder["a.warc"]), store);

        var days =
            JsonElement.Parse(await File.ReadAllBytesAsync(Path.Combine(store, "rollups", "manifest.json"))).GetProperty("days").EnumerateArray().ToList();
        Assert.Equal(3, days.Count);
        foreach (var day in days)
        {
            await using var gzip = new GZipStream(File.OpenRead(Path.Combine(store, day.GetProperty("name").GetString()!)), CompressionMode.Decompress);
            using var content = new MemoryStream();
            await gzip.CopyToAsync(content);
            Assert.Equal(day.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(content.ToArray())));
            Assert.Equal(day.GetProperty("bytes").GetInt64(), content.Length);

            var records = Files(store, Path.Combine("records", day.GetProperty("day").GetString()!), "*.json").Select(f => File.ReadAllText(f) + "\n").ToList();
            Assert.Equal(day.GetProperty("records").GetInt32(), records.Count);
            Assert.Equal(string.Concat(records), Encoding.UTF8.GetString(content.ToArray()));
        }
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<string> Files(string store, string under, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(store, under), pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}
