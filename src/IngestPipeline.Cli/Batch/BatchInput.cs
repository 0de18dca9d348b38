using System.IO.Compression;
using System.Text.Json;
using IngestPipeline.Cli.Consoles;

namespace IngestPipeline.Cli.Batch;

/// <summary>Reads JSON lines, gzip or plain, reporting each bad line and going on.</summary>
internal sealed class BatchInput(string path, BatchErrors errors)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>Lines in file order; each id once, a repeated id being a bad line.</summary>
    public IEnumerable<BatchLine> Read(Stream standardInput)
    {
        using var reader = new StreamReader(Open(path, standardInput));
        for (var number = 1; ReadLine(reader, number) is { } text; number++)
        {
            if (string.IsNullOrWhiteSpace(text))
                continue;
            if (Parse(number, text) is { } line)
                yield return line;
        }
    }

    /// <summary>Opens a file, or standard input for <c>-</c>, either of them as it is or compressed: what starts with gzip's magic is decompressed.</summary>
    public static Stream Open(string path, Stream standardInput)
    {
        try
        {
            var raw = path == "-" ? standardInput
                : standardInput is StoppableInput input && MayWait(path) ? input.Beside(path)
                : File.OpenRead(path);
            var head = new byte[2];
            var read = raw.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            // A pipe cannot be rewound.
            if (raw.CanSeek)
                raw.Position = 0;
            var whole = new BufferedStream(raw.CanSeek ? raw : new PeekedStream(head.AsMemory(0, read), raw), 1 << 16);
            return read == 2 && head is [0x1F, 0x8B] ? new GZipStream(whole, CompressionMode.Decompress) : whole;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CliException(FileErrors.Say(path, e));
        }
    }

    // A named pipe or a device is of no length; a link may lead to one (<(…) in a shell does).
    private static bool MayWait(string path) => new FileInfo(path) is { Exists: true } file && (file.Length == 0 || file.LinkTarget is not null);

    private string? ReadLine(StreamReader reader, int number)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            errors.Report(path, number, "the file is damaged from here on: " + e.Message);
            return null;
        }
    }

    private BatchLine? Parse(int number, string text)
    {
        if (!JsonText.TryParse(text, out var json) || json.ValueKind != JsonValueKind.Object)
        {
            errors.Report(path, number, "not a JSON object; write one object a line");
            return null;
        }

        if (!json.TryGetProperty("id", out var value)
            || value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number)
            || Id(value) is not { Length: > 0 } id)
        {
            errors.Report(path, number, "has no \"id\"; give each line a text that names it");
            return null;
        }

        if (!_seen.Add(id))
        {
            errors.Report(path, number, $"repeats the id \"{ControlText.Short(id)}\"; the first line with it counts");
            return null;
        }

        return new(number, id, json);
    }

    private static string? Id(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
}
