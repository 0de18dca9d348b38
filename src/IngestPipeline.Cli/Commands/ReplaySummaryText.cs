using System.Globalization;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Cli.Comparing;
using IngestPipeline.Deduplication;
using IngestPipeline.Pipeline;
using IngestPipeline.Records;
using Spectre.Console;

namespace IngestPipeline.Cli.Commands;

/// <summary>A replay's summary for people: what came in, what was stripped and why, what was a copy of what, where the records are.</summary>
internal static class ReplaySummaryText
{
    private const int MaxRules = 15;
    private const int MaxFaults = 10;
    private const int MaxCopies = 5;

    public static void Write(TextWriter output, bool terminal, bool color, ReplaySummary summary)
    {
        var console = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = color ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        if (!terminal)
            console.Profile.Width = 140;

        WhatCameIn(console, summary);
        WhatBecame(console, summary);
        WhatWasStripped(console, summary);
        WhatWereCopies(console, summary);
        Problems(console, summary);
        WhereItIs(console, summary);
    }

    private static void WhatCameIn(IAnsiConsole console, ReplaySummary summary)
    {
        Heading(console, "What came in");
        if (summary.Captures == 0)
            console.WriteLine(
                "  No capture of a page or feed is in this archive. Where RawPages was none, hashes alone were kept, and nothing can be replayed.");
        if (summary.CapturesFrom is { } from)
            console.WriteLine($"  Captures before {from} were let go by their age: what they would have given is not here.");
        if (!summary.Linked)
        {
            console.WriteLine($"  {summary.ArticlesIn} pages from an archive of {summary.Captures} captures; each page was taken as an article, whether or not a feed names it.");
            return;
        }

        console.WriteLine($"  {Count(summary.Feeds, "feed")} read {Times(summary.Polls)} from an archive of {summary.Captures} captures.");
        var entries = summary.Entries.Values.Sum();
        console.WriteLine($"  {Count(entries, "entry", "entries")}: {string.Join(", ", summary.Entries.Select(e => $"{e.Value} {EntryWord(e.Key)}"))}.");
    }

    private static void WhatBecame(IAnsiConsole console, ReplaySummary summary)
    {
        Heading(console, $"What became of {Count(summary.ArticlesIn, "article")}");
        var table = Plain("articles", "ended as", "because");
        foreach (var (disposition, count) in summary.Articles)
        {
            var reasons = summary.Reasons.Where(r => r.Disposition == disposition).Take(3).Select(r => r.Count == count ? r.Reason : $"{r.Reason} ({r.Count})");
            table.AddRow(Cell(Number(count)), Cell(DispositionWord.Of(disposition)), Cell(string.Join("; ", reasons)));
        }

        console.Write(table);
        if (!summary.AddsUp)
            console.WriteLine("  The ledger does not add up: please report this.");
    }

    private static void WhatWasStripped(IAnsiConsole console, ReplaySummary summary)
    {
        var blocks = summary.Stripped.Sum(s => s.Blocks);
        Heading(console, $"What was stripped: {Count(blocks, "block")}");
        if (blocks == 0)
            return;

        var table = Plain("blocks", "rule", "why", "for example");
        foreach (var rule in summary.Stripped.Take(MaxRules))
            table.AddRow(Cell(Number(rule.Blocks)), Cell(rule.Rule), Cell(rule.Reason), Cell(rule.Example));
        console.Write(table);
        if (summary.Stripped.Count > MaxRules)
            console.WriteLine($"  … and {Count(summary.Stripped.Count - MaxRules, "more rule")}; every record lists its own removed blocks.");
    }

    private static void WhatWereCopies(IAnsiConsole console, ReplaySummary summary)
    {
        var kinds =
            summary.Kinds.Where(k => k.Key is not (CopyKind.Unique or CopyKind.Original)).Select(k => Count(k.Value, KindWord(k.Key), KindWords(k.Key)));
        Heading(console, "Which articles were copies");
        var unique = summary.Kinds.GetValueOrDefault(CopyKind.Unique);
        var original = summary.Kinds.GetValueOrDefault(CopyKind.Original);
        console.WriteLine(
            $"  {Count(summary.Kinds.Values.Sum(), "article")}, each in its latest version: {string.Join(", ", new[] { $"{unique} unique", $"{Count(original, "original")} with copies" }.Concat(kinds))}.");
        foreach (var group in summary.Groups)
        {
            console.WriteLine($"  {Quote(group[0])} has {Count(group.Count - 1, "copy", "copies")}:");
            foreach (var copy in group.Skip(1).Take(MaxCopies))
                console.WriteLine($"    - {Quote(copy)}: {KindWord(copy.Decision.Kind)}{Why(copy.Decision)}");
            if (group.Count - 1 > MaxCopies)
                console.WriteLine($"    … and {group.Count - 1 - MaxCopies} more");
        }
    }

    private static void Problems(IAnsiConsole console, ReplaySummary summary)
    {
        if (summary.Faults.Count + summary.FeedProblems.Count == 0)
            return;

        Heading(console, "What could not be read");
        foreach (var fault in summary.Faults.Take(MaxFaults))
            console.WriteLine($"  {Safe(fault.File)} at byte {fault.Offset}: {Safe(fault.What)}");
        foreach (var problem in summary.FeedProblems.Take(MaxFaults))
            console.WriteLine("  " + Safe(problem));
        var more = Math.Max(0, summary.Faults.Count - MaxFaults) + Math.Max(0, summary.FeedProblems.Count - MaxFaults);
        if (more > 0)
            console.WriteLine($"  … and {more} more; --json lists them all.");
    }

    private static void WhereItIs(IAnsiConsole console, ReplaySummary summary)
    {
        Heading(console, "Where the records are");
        var place = summary.Store.TrimEnd('/') + "/" + summary.Prefix;
        console.WriteLine($"  {place}records/  one JSON file an article, by day");
        console.WriteLine($"  {place}rollups/  the same as one .ndjson.gz file a day");
        console.WriteLine(summary is { Changes: 0, ArticlesIn: 0 } ? "  No articles came in: docs/empty-output.md says why that may be."
            : summary.Changes == 0
            ? "  This run changed nothing: the store already held all of it."
            : $"  Written with pipeline version {summary.PipelineVersion}.");
        if (summary.IndexRebuilt is { } why)
            console.WriteLine($"  The index of copies was made anew from articles and decisions: {why}.");
    }

    private static void Heading(IAnsiConsole console, string text)
    {
        console.WriteLine();
        console.Write(new Text(text, new Style(decoration: Decoration.Bold)));
        console.WriteLine();
    }

    private static Grid Plain(params ReadOnlySpan<string> headings)
    {
        var grid = new Grid();
        var cells = new List<Text>();
        foreach (var heading in headings)
        {
            grid.AddColumn(
                new GridColumn { NoWrap = cells.Count < 2, Alignment = cells.Count == 0 ? Justify.Right : Justify.Left, Padding = new Padding(2, 0, 0, 0) });
            cells.Add(new Text(heading, new Style(decoration: Decoration.Dim)));
        }

        grid.AddRow([.. cells]);
        return grid;
    }

    // Text and not markup: titles from outside may hold "[red]".
    private static Text Cell(string text) => new(Safe(text));

    private static string Safe(string text) => ControlText.Clean(text);

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Count(int count, string one, string? many = null) => $"{count} {(count == 1 ? one : many ?? one + "s")}";

    private static string Times(int count) => count == 1 ? "once" : $"{count} times";

    private static string Quote(PublishedDecision article)
    {
        var title = article.Title ?? "(no title)";
        return Safe($"“{(title.Length > 90 ? title[..89] + "…" : title)}” ({article.Outlet ?? article.Url ?? article.Id})");
    }

    private static string Why(CopyDecision decision) => decision.Evidence is { } evidence
        ? $", {ComparisonSummary.Percent(decision.Similarity)} by {evidence.Measure}"
        : "";

    private static string EntryWord(EntryDisposition disposition) => disposition switch
    {
        EntryDisposition.New => "new",
        EntryDisposition.Seen => "seen before",
        EntryDisposition.Revised => "revised",
        EntryDisposition.NoLink => "without a link",
        EntryDisposition.Forgotten => "forgotten",
        _ => "rejected",
    };

    private static string KindWord(CopyKind kind) => kind switch
    {
        CopyKind.Exact => "exact copy",
        CopyKind.Near => "near copy",
        CopyKind.Version => "version",
        _ => "rewrite",
    };

    private static string KindWords(CopyKind kind) => kind is CopyKind.Exact or CopyKind.Near ? KindWord(kind)[..^1] + "ies" : KindWord(kind) + "s";
}
