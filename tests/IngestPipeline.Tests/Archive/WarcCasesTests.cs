using System.Security.Cryptography;
using System.Text.Json;
using IngestPipeline.Archive;

namespace IngestPipeline.Tests.Archive;

/// <summary>WARC files of other projects, read from the benchmark data beside the checkout; without it there is nothing to check.</summary>
public sealed class WarcCasesTests
{
    public static TheoryData<string> Cases()
    {
        var data = new TheoryData<string>();
        foreach (var line in Lines())
            data.Add(JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!);
        if (data.Count == 0)
            data.Add("");
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Finds_the_records_of_other_projects_files(string id)
    {
        if (RepositoryRoot.Bench is null)
            return;

        using var document = JsonDocument.Parse(Lines().Single(l => l.Contains($"\"id\": \"{id}\"", StringComparison.Ordinal)));
        var test = document.RootElement;
        var expect = test.GetProperty("expect");
        var file = Path.Combine(RepositoryRoot.Bench, "feeds", test.GetProperty("file").GetString()!);
        using var reader = WarcReader.Open(File.OpenRead(file), id);
        var found = reader.Records().Select(r => (Record: r, Block: r.ReadBlock(int.MaxValue))).ToList();

        Assert.InRange(found.Count, expect.GetProperty("at_least").GetInt32(), expect.GetProperty("at_most").GetInt32());
        if (test.GetProperty("category").GetString() == "corrupt")
            Assert.True(reader.Faults.Count > 0 || expect.TryGetProperty("reference_error", out _), "nothing was reported");
        if (test.GetProperty("category").GetString() == "valid")
            Assert.Empty(reader.Faults);
        if (expect.TryGetProperty("records", out var records))
            Assert.Equal(records.GetInt32(), found.Count);
        if (expect.TryGetProperty("records", out _) && expect.TryGetProperty("types", out var types))
        {
            foreach (var type in types.EnumerateObject())
                Assert.Equal(type.Value.GetInt32(), found.Count(f => f.Record.Type == type.Name));
        }

        if (!expect.TryGetProperty("list", out var list))
            return;
        foreach (var (wanted, n) in list.EnumerateArray().Select((w, n) => (w, n)))
        {
            var (record, block) = found[n];
            Assert.Equal(wanted.GetProperty("type").GetString(), record.Type);
            Assert.Equal(wanted.GetProperty("declared").GetInt64(), record.ContentLength);
            Assert.Equal(wanted.GetProperty("length").GetInt32(), block.Length);
#pragma warning disable CA5350 // The expectations hold SHA-1 digests.
            Assert.Equal(wanted.GetProperty("block_sha1").GetString(), Convert.ToHexStringLower(SHA1.HashData(block)));
#pragma warning restore CA5350
            Assert.Equal(wanted.TryGetProperty("uri", out var uri) ? uri.GetString() : null, record.TargetUri);
        }
    }

    private static IEnumerable<string> Lines() =>
        RepositoryRoot.Bench is null ? [] : File.ReadLines(Path.Combine(RepositoryRoot.Bench, "feeds", "warc_cases.jsonl"));
}
