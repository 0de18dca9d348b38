using System.Globalization;
using IngestPipeline.Records;

namespace IngestPipeline.Export;

/// <summary>A record as a row of a table.</summary>
internal static class ExportRow
{
    public static readonly string[] Columns =
    [
        "id", "day", "firstSeen", "captured", "published", "updated", "outlet", "title", "authors", "language", "section", "agency", "url", "canonicalUrl",
        "feed",
        "textFrom", "kind", "canonicalId", "similarity", "rewriteOf", "storyId", "revision", "removedBlocks", "text",
    ];

    /// <summary>The values in the order of <see cref="Columns"/>: texts, whole numbers, decimals or null.</summary>
    public static object?[] Of(RecordFields record)
    {
        var copy = record["copy"];
        return
        [
            record.Id, StoreNames.Day(record.FirstSeen), record.Text("firstSeen"), record.Text("captured"), record.Value("published"), record.Value("updated"),
            record.Value("outlet"), record.Value("title"), record.Value("authors"), record.Value("language"), record.Value("section"), record.Value("agency"),
            record.Text("url"), record.Value("canonicalUrl"), record["feed"]?.Text("url"), record.Text("textFrom"), copy?.Text("kind"),
            copy?.Text("canonicalId"),
            copy?.Share("similarity"), copy?.Text("rewriteOf"), record.Text("storyId"), (long)record.Number("revision"), (long)record.List("removed").Count(),
            record.Text("text"),
        ];
    }

    public static string Text(object? value) => value switch
    {
        null => "",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
