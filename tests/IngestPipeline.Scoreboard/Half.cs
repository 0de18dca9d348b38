using System.Security.Cryptography;
using System.Text;

namespace IngestPipeline.Scoreboard;

/// <summary>Which part of the data is scored: all of it, or one of two halves, to tune on the one and check on the other.</summary>
internal enum Half
{
    All,
    A,
    B,
}

internal static class Halves
{
    public static Half Parse(string text) => text switch
    {
        "dev-a" => Half.A,
        "dev-b" => Half.B,
        _ => throw new ScoreboardException($"--split takes dev-a or dev-b, not '{text}'."),
    };

    /// <summary>A fixed split by a hash of a name; another hash than the one that parts development from held-out data.</summary>
    public static bool Has(this Half half, string name) =>
        half == Half.All || (SHA256.HashData(Encoding.UTF8.GetBytes(name))[0] % 2 == 0) == (half == Half.A);
}
