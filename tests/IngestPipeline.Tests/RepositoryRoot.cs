namespace IngestPipeline.Tests;

/// <summary>Finds the checkout's root from the test's folder, and the optional benchmark data beside it.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    /// <summary>The folder of benchmark data beside the checkout; null where it is absent.</summary>
    public static string? Bench { get; } = System.IO.Path.Combine(Path, "..", "shared", "bench") is var bench && Directory.Exists(bench)
        ? System.IO.Path.GetFullPath(bench)
        : null;

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "IngestPipeline.sln")))
            folder = System.IO.Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("IngestPipeline.sln was not found above the tests.");
    }
}
