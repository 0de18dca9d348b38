using IngestPipeline.Records;

namespace IngestPipeline.Cli.Consoles;

/// <summary>Where what can be made again is kept.</summary>
internal static class CacheFolder
{
    /// <summary>A store's search index: in the cache folder, so that reading a store never writes into it.</summary>
    public static string SearchIndex(string location) => Path.Combine(Root(), "ingest", "search", ArticleId.Of(location) + ".db");

    private static string Root()
    {
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache && Path.IsPathRooted(cache))
            return cache;
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (!OperatingSystem.IsWindows() && home.Length > 0)
            return Path.Combine(home, ".cache");
        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        return local.Length > 0 ? local : Path.GetTempPath();
    }
}
