using Microsoft.Playwright;

namespace IngestPipeline.Browser.Tests;

/// <summary>A browser's visit that notes everything a good page has none of: console messages, script errors, dialogs, requests outside the report.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    private Visit(IBrowserContext context, IPage page, string allowed)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                Faults.Add($"{page.Url}: console: {message.Text}");
        };
        page.PageError += (_, error) => Faults.Add($"{page.Url}: script: {error}");
        page.RequestFailed += (_, request) => Faults.Add($"{page.Url}: failed: {request.Url}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(allowed, StringComparison.Ordinal))
                Faults.Add($"{page.Url}: outside request: {request.Url}");
        };
        page.Response += (_, response) => Answers.Add(response.Url);
        page.Dialog += (_, dialog) =>
        {
            Faults.Add($"{page.Url}: dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
    }

    public IPage Page { get; }

    /// <summary>The addresses that answered.</summary>
    public List<string> Answers { get; } = [];

    public List<string> Faults { get; } = [];

    public static async Task<Visit> StartAsync(
        ReportFixture report, ColorScheme scheme = ColorScheme.Light, int width = 1280, int height = 900, bool script = true)
    {
        var context = await report.Browser.NewContextAsync(
            new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = height }, JavaScriptEnabled = script, ReducedMotion = ReducedMotion.Reduce });
        context.SetDefaultTimeout(Chromium.LongestMilliseconds);
        context.SetDefaultNavigationTimeout(Chromium.LongestMilliseconds);
        return new(context, await context.NewPageAsync(), new Uri(report.Site + "/").AbsoluteUri);
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
