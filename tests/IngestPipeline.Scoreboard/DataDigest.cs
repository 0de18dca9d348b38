using System.Security.Cryptography;
using System.Text;

namespace IngestPipeline.Scoreboard;

/// <summary>A digest of the data that is read and of the scorers: floors hold for these bytes only.</summary>
internal static class DataDigest
{
    public static string Of(string root)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var files = new[] { "feeds", "extraction", "dedup", "seeds" }
            .SelectMany(part => Directory.EnumerateFiles(Path.Combine(root, part), "*", SearchOption.AllDirectories))
            .Select(file => (Name: Path.GetRelativePath(root, file).Replace('\\', '/'), File: file))
            // What is not read: other measures' data, explanations.
            .Where(f => !f.Name.EndsWith(".md", StringComparison.Ordinal) && !f.Name.StartsWith("feeds/warc", StringComparison.Ordinal)
                && !f.Name.Contains("/__pycache__/", StringComparison.Ordinal)
                && !f.Name.StartsWith("dedup/unlabelled/", StringComparison.Ordinal) && !f.Name.StartsWith("dedup/mrpc/", StringComparison.Ordinal))
            .OrderBy(f => f.Name, StringComparer.Ordinal);
        foreach (var (name, file) in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name + "\n"));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
