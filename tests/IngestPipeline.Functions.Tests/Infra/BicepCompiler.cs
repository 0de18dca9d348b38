using System.Diagnostics;
using System.Runtime.InteropServices;

namespace IngestPipeline.Tests.Functions.Infra;

/// <summary>Finds Bicep's compiler: on the PATH, or as a package that is restored once. The tests run without it too.</summary>
internal static class BicepCompiler
{
    private static readonly Lazy<(string? Path, string? Why)> Found = new(Find);

    public static string? WhySkipped => Found.Value.Why;

    /// <summary>Compiles a template; what the compiler said besides is empty when it had nothing to object to.</summary>
    public static (string Json, string Said) Build(string template) => Run(Found.Value.Path!, ["build", template, "--stdout"]);

    /// <summary>Formats every template of a folder, in place.</summary>
    public static void Format(string folder) => Run(Found.Value.Path!, ["format", "--pattern", Path.Combine(folder, "*.bicep")]);

    private static (string? Path, string? Why) Find()
    {
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "bicep.exe" : "bicep"))
            .FirstOrDefault(File.Exists);
        if (onPath is not null)
            return (onPath, null);
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            return (null, "Bicep's compiler is not on the PATH; the tests fetch it on Linux x64 only.");

        var project = Path.Combine(RepositoryRoot.Path, "tests", "IngestPipeline.Functions.Tests");
        var packages = Path.Combine(project, "obj", "bicep");
        var program = Path.Combine(packages, "azure.bicep.commandline.linux-x64", "0.49.2", "tools", "bicep");
        if (!File.Exists(program))
        {
            var said = Run(
                "dotnet",
                ["restore", Path.Combine(project, "Infra", "bicep", "bicep.csproj"), "--packages", packages, $"-p:BaseIntermediateOutputPath={packages}/obj/"]);
            if (!File.Exists(program))
                return (null, "Bicep's compiler could not be restored: " + said.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault());
        }
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return (program, null);
    }

    private static (string Output, string Errors) Run(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // An inherited MSBuild environment would make the restore a part of the test run's build.
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1" },
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(3)))
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"{program} took over three minutes.");
        }
        return (output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }
}
