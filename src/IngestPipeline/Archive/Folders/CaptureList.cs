using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using IngestPipeline.Archive.Bytes;
using IngestPipeline.Archive.Index;

namespace IngestPipeline.Archive.Folders;

/// <summary>What <c>captures.jsonl</c> says of one file.</summary>
internal sealed record ToldCapture(string Url, DateTimeOffset? Date, int Status, string? ContentType, string? HeadersJson);

/// <summary>
/// <c>captures.jsonl</c>, beside page files: one JSON object a line, <c>{"file", "url", "date"?, "status"?, "contentType"?, "headers"?}</c>, the file
/// relative to the list and within its folder, the date ISO 8601, headers an object of strings. A bad line is a fault and left out.
/// </summary>
internal sealed class CaptureList(string folder, FaultList faults)
{
    public const string FileName = "captures.jsonl";

    private const int LongestLine = 64 * 1024;

    /// <summary>What stands for a file among the listed ones: long lists are kept in little memory.</summary>
    public static UInt128 Mark(string file) => BinaryPrimitives.ReadUInt128LittleEndian(UrlKey.Hash(Path.GetFullPath(file)));

    /// <summary>Reports each listed file with what is told of it, and notes it.</summary>
    public void ReadInto(HashSet<UInt128> listed, Action<string, ToldCapture> add)
    {
        var path = Path.Combine(folder, FileName);
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            if (line.Length > LongestLine || Parse(line) is not var (file, told))
            {
                faults.Add(path, 0, $"line {number} is not an object with \"file\" and an absolute \"url\"; left out");
                continue;
            }

            var full = Path.GetFullPath(Path.Combine(folder, file));
            if (!full.StartsWith(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
                || !File.Exists(full))
            {
                faults.Add(path, 0, $"line {number} names no file of this folder; left out");
                continue;
            }

            listed.Add(Mark(full));
            try
            {
                add(full, told);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                faults.Add(full, 0, "cannot be read: " + e.Message);
            }
        }
    }

    private static (string File, ToldCapture Told)? Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, new() { MaxDepth = 8 });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "file") is not { } file || Text(root, "url") is not { } url
                || file.Contains('\0', StringComparison.Ordinal) || !Uri.TryCreate(url, UriKind.Absolute, out _))
            {
                return null;
            }

            var hasStatus = root.TryGetProperty("status", out var s) && s.ValueKind == JsonValueKind.Number;
            var status = hasStatus && s.TryGetInt32(out var n) && n is >= 100 and < 1000 ? n : 200;
            var headers = root.TryGetProperty("headers", out var h) && h.ValueKind == JsonValueKind.Object ? h.GetRawText() : null;
            return (file, new(url, WarcDate.Parse(Text(root, "date")) ?? Iso(Text(root, "date")), status, Text(root, "contentType"), headers));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static DateTimeOffset? Iso(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) && WarcDate.CanBe(date)
            ? date.ToUniversalTime()
            : null;

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
