using System.Diagnostics;
using System.Globalization;
using IngestPipeline.Reports;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Shared;

namespace IngestPipeline.Benchmarks;

/// <summary>
/// How long the report of a store takes, in a process that has made none before. The goal is a time on the wall (10,000 articles in ten seconds), so this
/// figure says something only on a machine that does nothing else.
/// </summary>
internal static class ReportRun
{
    private const int Days = 20;

    public static async Task<int> RunAsync(string[] args, TextWriter output)
    {
        var articles = args is ["--articles", var given, ..] ? int.Parse(given, CultureInfo.InvariantCulture) : 10_000;
        var folder = Directory.CreateTempSubdirectory("ingest-report-");
        try
        {
            var store = new FolderBlobStore(Path.Combine(folder.FullName, "store"));
            await new SampleStore(Days, articles / Days).WriteAsync(store);
            var site = Path.Combine(folder.FullName, "site");
            await MeasureAsync(output, "first report", store, site);
            await MeasureAsync(output, "the same again", store, site);
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture, $"first page {new FileInfo(Path.Combine(site, "index.html")).Length / 1000} KB (goal 200 or less)"));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(TextWriter output, string what, IBlobStore store, string site)
    {
        var (wall, processor) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        var result = await ReportSite.WriteAsync(store, site);
        using var process = Process.GetCurrentProcess();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {result.Articles} articles, {result.Pages} pages, {result.Changed} written, {wall.Elapsed.TotalSeconds:0.0} s on the wall (goal 10 or less for 10,000), {(process.TotalProcessorTime - processor).TotalSeconds:0.0} s of processor time"));
    }
}
