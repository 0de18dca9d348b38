using System.Diagnostics;

namespace IngestPipeline.Tests.Azurite;

/// <summary>Finds node and installs Azurite from the committed lockfile, once, into this project's <c>obj</c> folder.</summary>
internal static class AzuriteSetup
{
    private static readonly string Project = Path.Combine(RepositoryRoot.Path, "tests", "IngestPipeline.Azurite.Tests");

    /// <summary>The program that runs Azurite; null when there is none.</summary>
    public static string? Node { get; } = Find("node");

    private static string? Npm { get; } = Find("npm");

    /// <summary>Why the tests cannot run here; null when they can, or must.</summary>
    public static string? WhySkipped =>
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase) ? null : Missing;

    /// <summary>What is missing; null when nothing is.</summary>
    public static string? Missing => (Node, Npm) switch
    {
        (null, _) => "Azurite needs node 20 or later, which is not on the PATH.",
        (_, null) => "Azurite is installed by npm, which is not on the PATH.",
        _ => null,
    };

    /// <summary>Installs Azurite where that has not been done for this lockfile, and returns the path of its main script.</summary>
    public static async Task<string> InstallAsync()
    {
        var cache = Path.Combine(Project, "obj", "azurite");
        var main = Path.Combine(cache, "node_modules", "azurite", "dist", "src", "azurite.js");
        var wanted = await File.ReadAllTextAsync(Path.Combine(Project, "azurite", "package-lock.json"));
        var done = Path.Combine(cache, "installed-lock.json");
        if (File.Exists(done) && await File.ReadAllTextAsync(done) == wanted)
            return main;

        Directory.CreateDirectory(cache);
        File.Delete(done);
        foreach (var file in new[] { "package.json", "package-lock.json" })
            File.Copy(Path.Combine(Project, "azurite", file), Path.Combine(cache, file), overwrite: true);
        await InstallAsync(cache);
        await File.WriteAllTextAsync(done, wanted);
        return main;
    }

    private static async Task InstallAsync(string folder)
    {
        // No package's own script runs: what is installed is what the lockfile's digests name.
        using var npm = Process.Start(new ProcessStartInfo(Npm!, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(20));
        var output = npm.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = npm.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await npm.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException late)
        {
            npm.Kill(entireProcessTree: true);
            throw new InvalidOperationException("npm ci took over five minutes.", late);
        }
        if (npm.ExitCode != 0)
            throw new InvalidOperationException($"npm ci failed in {folder}: {await errors} {await output}");
    }

    private static string? Find(string program)
    {
        string[] names = OperatingSystem.IsWindows() ? [program + ".exe", program + ".cmd"] : [program];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
    }
}
