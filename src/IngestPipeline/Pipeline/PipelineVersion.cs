using System.Security.Cryptography;
using System.Text;

namespace IngestPipeline.Pipeline;

/// <summary>Names the rules that a store was written with: schema version, then a digest of rules, models, tables and options.</summary>
public static class PipelineVersion
{
    /// <summary>Counted up whenever code, and not only data, changes what is written.</summary>
    private const int Schema = 1;

    /// <summary>The version under the given options, such as <c>1-0f3a9c55d1e2</c>. It holds no build id: the same rules have the same version.</summary>
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
        return $"{Schema}-{Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 6))}";
    }
}
