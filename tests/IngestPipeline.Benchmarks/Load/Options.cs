using System.Globalization;

namespace IngestPipeline.Benchmarks.Load;

/// <summary>Options of these commands: a name and a number.</summary>
internal static class Options
{
    public static double Number(string[] args, string name, double otherwise) =>
        Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? double.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
}
