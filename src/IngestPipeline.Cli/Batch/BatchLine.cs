using System.Text.Json;

namespace IngestPipeline.Cli.Batch;

/// <summary>One JSON object of an input file.</summary>
/// <param name="Number">Its line number, from 1.</param>
/// <param name="Id">Its <c>id</c>.</param>
/// <param name="Json">The whole object; fields that a command does not know are ignored.</param>
internal sealed record BatchLine(int Number, string Id, JsonElement Json)
{
    /// <summary>A string field; null when it is missing, null or of another type.</summary>
    public string? Text(string name) =>
        Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
