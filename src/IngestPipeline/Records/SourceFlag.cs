using System.Text.Json;

namespace IngestPipeline.Records;

/// <summary>What changed in the articles of a source from one day to the next, beyond what its days vary by: its pages may have a new design.</summary>
/// <param name="Site">The source: the host of its pages.</param>
/// <param name="Day">The day on which it changed.</param>
/// <param name="What">What changed, in words: the length of a text, the share removed, pages without text.</param>
/// <param name="Before">The figure before.</param>
/// <param name="After">The figure on the day.</param>
public sealed record SourceFlag(string Site, string Day, string What, string Before, string After)
{
    /// <summary>Writes it as an object.</summary>
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("site", Site);
        json.WriteString("day", Day);
        json.WriteString("what", What);
        json.WriteString("before", Before);
        json.WriteString("after", After);
        json.WriteEndObject();
    }
}
