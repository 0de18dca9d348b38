using System.Text.Json;

namespace IngestPipeline.Feeds.Text;

/// <summary>Parses JSON as feeds carry it: with comments and trailing commas, and cut off.</summary>
internal static class JsonText
{
    private const int MaxDepth = 64;

    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = MaxDepth };

    /// <summary>The document; for one that is broken, its part up to the last complete item; null when there is none.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> utf8, Repairs repairs)
    {
        try
        {
            return JsonDocument.Parse(utf8, Options);
        }
        catch (JsonException error)
        {
            repairs.CutOff($"not valid JSON at line {error.LineNumber + 1}");
            return ParseStart(utf8);
        }
    }

    private static JsonDocument? ParseStart(ReadOnlyMemory<byte> utf8)
    {
        var end = EndOfLastItem(utf8.Span);
        if (end == 0)
            return null;
        try
        {
            return JsonDocument.Parse((byte[])[.. utf8.Span[..end], .. "]}"u8], Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Where the last complete object inside an array of the outermost object ends; 0 when there is none.</summary>
    private static int EndOfLastItem(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = MaxDepth });
        var end = 0L;
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == 2)
                    end = reader.BytesConsumed;
            }
        }
        catch (JsonException)
        {
            // The fault that the parser met as well.
        }
        return (int)end;
    }
}
