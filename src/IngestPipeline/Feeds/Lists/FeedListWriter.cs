using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using IngestPipeline.Records;

namespace IngestPipeline.Feeds.Lists;

/// <summary>Writes feeds files, and changes one in place so that its comments and layout stay.</summary>
public static class FeedListWriter
{
    /// <summary>The published JSON Schema of the file, so that editors complete and check it.</summary>
    public const string SchemaUrl = "https://raw.githubusercontent.com/ingestpipeline/ingestpipeline/main/docs/schemas/feeds.schema.json";

    /// <summary>A new file with the given feeds.</summary>
    public static byte[] Write(FeedList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        var text = new StringBuilder("{\n  \"$schema\": \"").Append(SchemaUrl).Append("\",\n  \"feeds\": [");
        for (var i = 0; i < list.Feeds.Count; i++)
            text.Append(i == 0 ? "\n    " : ",\n    ").Append(Json(list.Feeds[i]));
        return Encoding.UTF8.GetBytes(text.Append(list.Feeds.Count == 0 ? "]\n}\n" : "\n  ]\n}\n").ToString());
    }

    /// <summary>The file with feeds added at its end; those that it has already are left out.</summary>
    /// <param name="file">A file that was read without a problem.</param>
    /// <param name="feeds">The feeds to add.</param>
    public static byte[] Add(ReadOnlySpan<byte> file, IReadOnlyList<FeedSettings> feeds)
    {
        ArgumentNullException.ThrowIfNull(feeds);
        var bare = Bare(file);
        var reader = new FeedListReader(bare);
        var known = reader.Read().List;
        var added = feeds.Where(f => known.Feeds.All(k => k.Id != f.Id)).DistinctBy(f => f.Id).ToList();
        if (added.Count == 0)
            return file.ToArray();
        if (reader.ArrayEnd < 0)
            return Write(new([.. known.Feeds, .. added]));

        // Behind the last feed and before what follows it, a comment perhaps. A trailing comma serves as the separator.
        var last = reader.Spans.Count > 0 ? reader.Spans[^1].End : -1;
        var at = last >= 0 ? last : reader.ArrayEnd;
        var comma = last >= 0 && Comma(bare, last) is var found and >= 0 ? found : -1;
        var text = new StringBuilder();
        foreach (var feed in added)
            text.Append(text.Length == 0 && (last < 0 || comma >= 0) ? "" : ",").Append("\n    ").Append(Json(feed));
        if (last < 0)
            text.Append("\n  ");
        return Splice(bare, comma >= 0 ? comma + 1 : at, 0, text.ToString());
    }

    /// <summary>The file without a feed; the same bytes when it has none of that id.</summary>
    public static byte[] Remove(ReadOnlySpan<byte> file, string feedId)
    {
        var bare = Bare(file);
        var reader = new FeedListReader(bare);
        reader.Read();
        var index = -1;
        for (var i = 0; i < reader.Spans.Count; i++)
            index = reader.Spans[i].Id == feedId ? i : index;
        if (index < 0)
            return file.ToArray();

        var (_, start, end) = reader.Spans[index];
        if (Comma(bare, end) is var after and >= 0)
            end = after + 1;
        else if (index > 0)
            start = Comma(bare, reader.Spans[index - 1].End) is var before and >= 0 ? before : start;
        // The line that the feed stood on alone goes with it.
        var lineStart = bare[..start].LastIndexOf((byte)'\n') + 1;
        if (bare[lineStart..start].IndexOfAnyExcept(" \t"u8) < 0 && end < bare.Length && bare[end] == (byte)'\n')
            (start, end) = (lineStart, end + 1);
        return Splice(bare, start, end - start, "");
    }

    /// <summary>
    /// The file with one property of a feed set to a value; the same bytes when it has no feed of that id. Everything else stays as it stands.
    /// </summary>
    /// <param name="file">A file that was read without a problem.</param>
    /// <param name="feedId">The feed.</param>
    /// <param name="property">One of the schema's names.</param>
    /// <param name="value">The value as JSON.</param>
    public static byte[] Set(ReadOnlySpan<byte> file, string feedId, string property, string value)
    {
        var bare = Bare(file);
        var reader = new FeedListReader(bare);
        reader.Read();
        if (reader.Spans.FirstOrDefault(s => s.Id == feedId) is not { Id: not null } span)
            return file.ToArray();
        var feed = bare[span.Start..span.End];
        // A feed without settings may be written as its address alone.
        if (feed[0] == (byte)'"')
            return Splice(bare, span.Start, feed.Length, $"{{\"url\":{Encoding.UTF8.GetString(feed)},\"{property}\":{value}}}");
        var json = new Utf8JsonReader(feed, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var last = 0;
        while (json.Read())
        {
            if (json.CurrentDepth == 1 && json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals(property))
            {
                json.Read();
                var start = (int)json.TokenStartIndex;
                json.Skip();
                return Splice(bare, span.Start + start, (int)json.BytesConsumed - start, value);
            }

            if (json.TokenType != JsonTokenType.EndObject || json.CurrentDepth > 0)
                last = (int)json.BytesConsumed;
        }

        // Behind the last value, with or without a comma after it.
        return Splice(bare, span.Start + last, 0, $",\"{property}\":{value}");
    }

    private static ReadOnlySpan<byte> Bare(ReadOnlySpan<byte> file) => file.StartsWith("\uFEFF"u8) ? file[3..] : file;

    private static int Comma(ReadOnlySpan<byte> file, int from)
    {
        var blank = file[from..].IndexOfAnyExcept(" \t\r\n"u8);
        return blank >= 0 && file[from + blank] == (byte)',' ? from + blank : -1;
    }

    private static byte[] Splice(ReadOnlySpan<byte> file, int at, int length, string text) =>
        [.. file[..at], .. Encoding.UTF8.GetBytes(text), .. file[(at + length)..]];

    private static string Json(FeedSettings feed)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("url", feed.Url.OriginalString);
            Text(json, "title", feed.Title);
            Text(json, "section", feed.Section);
            Text(json, "rights", feed.Rights);
            Texts(json, "include", feed.Include);
            Texts(json, "exclude", feed.Exclude);
            Text(json, "interval", feed.Interval is { } interval ? ListInterval.Write(interval) : null);
            Text(json, "credential", feed.Credential);
            if (!feed.Enabled)
                json.WriteBoolean("enabled", value: false);
            if (feed.DailyRequests is { } requests)
                json.WriteNumber("dailyRequests", requests);
            if (feed.DailyBytes is { } bytes)
                json.WriteNumber("dailyBytes", bytes);
            if (feed.History > 0)
                json.WriteNumber("history", feed.History);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
            json.Texts(name, values);
    }
}
