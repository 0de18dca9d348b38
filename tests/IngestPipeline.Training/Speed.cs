using System.Diagnostics;
using System.Globalization;
using AngleSharp.Html.Parser;
using IngestPipeline.Boilerplate;
using IngestPipeline.Extraction;
using IngestPipeline.Extraction.Content;
using IngestPipeline.Extraction.Segmentation;
using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Training;

/// <summary>What extraction costs against AngleSharp's bare parse of the same pages, single-threaded, in processor time.</summary>
internal static class Speed
{
    public static void Print(IReadOnlyList<TruthPage> pages)
    {
        var bodies = pages.Where((_, i) => i % 6 == 0).Select(p => new PageInput(p.Read(), p.Url, null, p.Charset)).ToArray();
        var texts = bodies.Select(b => PageDecoder.Decode(b).Text).ToArray();
        var extractor = new ArticleExtractor();
        var parser = new HtmlParser();
        for (var round = 0; round < 3; round++)
        {
            var bare = Time(texts, t => parser.ParseDocument(t).Dispose());
            var all = Time(bodies, b => extractor.Extract(b));
            var tree = Time(texts, t => TreeParser.Parse(t).Dispose());
            var decode = Time(bodies, b => PageDecoder.Decode(b));
            var scan = Time(texts, t => HtmlPreScan.Refuse(t));
            var (meta, segment, score, choose) = Parts(bodies, texts);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"round {round}: {bodies.Length} pages, ms a page: bare parse {bare:0.00}, all {all:0.00} ({all / bare:0.00} x); tree {tree:0.00} decode {decode:0.00} scan {scan:0.00} metadata {meta:0.00} segment {segment:0.00} score {score:0.00} choose and strip {choose:0.00}"));
        }
    }

    private static (double Meta, double Segment, double Score, double Choose) Parts(PageInput[] bodies, string[] texts)
    {
        double meta = 0, segment = 0, score = 0, choose = 0;
        for (var i = 0; i < texts.Length; i++)
        {
            using var document = TreeParser.Parse(texts[i]);
            var metadata = new ArticleMetadata();
            var layout = new PageLayout([], []);
            int[] scores = [];
            meta += Once(() => metadata = MetadataReader.Read(document, bodies[i].Url));
            segment += Once(() => layout = PageSegmenter.Segment(document));
            score += Once(() => scores = ContentModel.Shipped.Score(layout, new(metadata)));
            choose += Once(() => ContentSelection.Choose(layout, scores, new(metadata), BoilerplateStripper.Shipped));
        }

        return (meta / texts.Length, segment / texts.Length, score / texts.Length, choose / texts.Length);
    }

    private static double Once(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Time<T>(T[] items, Action<T> work)
    {
        var start = Process.GetCurrentProcess().TotalProcessorTime;
        foreach (var item in items)
            work(item);
        return (Process.GetCurrentProcess().TotalProcessorTime - start).TotalMilliseconds / items.Length;
    }
}
