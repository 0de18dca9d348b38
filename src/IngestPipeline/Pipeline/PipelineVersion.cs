using System.Security.Cryptography;
using System.Text;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline;

/// <summary>Names the rules that a store was written with: schema number, then a digest of rules, models, tables, options and the numbers of the parts of the code that decide.</summary>
public static class PipelineVersion
{
    /// <summary>The version under the given options, such as <c>2-0f3a9c55d1e2</c>. It holds no build id: the same rules have the same version, unless code that decides has changed (<c>code-revisions.table.txt</c>).</summary>
    public static string Of(PipelineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in DataFiles.Names())
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name + "\n"));
            using var file = DataFiles.Open(name);
            hash.AppendData(SHA256.HashData(file));
        }

        hash.AppendData(Encoding.UTF8.GetBytes(options.Describe()));
        return $"{StoreSchema.Current}-{Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 6))}";
    }
}
