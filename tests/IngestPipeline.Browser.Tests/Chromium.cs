using Microsoft.Playwright;

namespace IngestPipeline.Browser.Tests;

/// <summary>The system's Chromium, driven by Playwright. Nothing is downloaded.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium"];

    /// <summary>Only what hangs takes as long: a busy machine takes its time for a page.</summary>
    public const float LongestMilliseconds = 20 * 60_000;

    private readonly IPlaywright _playwright;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, Browser) = (playwright, browser);

    public static string? Executable { get; } =
        Environment.GetEnvironmentVariable("INGEST_CHROMIUM") is { Length: > 0 } given ? given : Places.FirstOrDefault(File.Exists);

    /// <summary>Why browser tests are skipped here; null when they run. In CI they run, and fail where the browser is missing.</summary>
    public static string? WhySkipped { get; } = Executable is null && Environment.GetEnvironmentVariable("CI") != "true"
        ? "Chromium is missing; install Debian's package \"chromium\", or name one in INGEST_CHROMIUM."
        : null;

    public IBrowser Browser { get; }

    public static async Task<Chromium> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        // As root, as in a container, Chromium's own sandbox does not start; the pages are our own, from files and loopback.
        string[] flags = Environment.UserName == "root" ? ["--no-sandbox"] : [];
        return new(
            playwright,
            await playwright.Chromium.LaunchAsync(
                new() { ExecutablePath = Executable ?? throw new InvalidOperationException("Chromium is missing; .ci/run installs it."), Args = flags, Timeout = LongestMilliseconds }));
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }
}
