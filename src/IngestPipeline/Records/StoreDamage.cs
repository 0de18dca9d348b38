using System.Text.Json;
using IngestPipeline.Storage;

namespace IngestPipeline.Records;

/// <summary>Reads what only this pipeline writes into a store: where it is not what was written, the store is damaged.</summary>
internal static class StoreDamage
{
    /// <summary>Reads the JSON of a blob, or of a line of one.</summary>
    /// <param name="name">The blob, or what else tells a person where to look.</param>
    /// <param name="bytes">Its content.</param>
    /// <param name="read">Takes from it what is needed.</param>
    /// <exception cref="StorageException">It is not what was written.</exception>
    public static T Read<T>(string name, ReadOnlySpan<byte> bytes, Func<JsonElement, T> read)
    {
        try
        {
            return read(JsonElement.Parse(bytes));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw Of(name, e);
        }
    }

    public static StorageException Of(string name, Exception? inner = null) =>
        new($"{name} is damaged: cut off or overwritten. 'ingest verify' says what to do.", inner) { IsDamage = true };
}
