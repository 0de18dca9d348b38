using System.Text.Json;
using IngestPipeline.Storage;

namespace IngestPipeline.Records;

/// <summary>Reads what only this pipeline writes into a store: where it is not what was written, the store is damaged.</summary>
internal static class StoreDamage
{
    private const string Verify = "'ingest verify' says what to do.";

    /// <summary>Reads the JSON of a blob, or of a line of one.</summary>
    /// <param name="name">The blob, or what else tells a person where to look.</param>
    /// <param name="bytes">Its content.</param>
    /// <param name="read">Takes from it what is needed.</param>
    /// <param name="remedy">What a person is to do.</param>
    /// <exception cref="StorageException">It is not what was written.</exception>
    public static T Read<T>(string name, ReadOnlySpan<byte> bytes, Func<JsonElement, T> read, string remedy = Verify)
    {
        try
        {
            return read(JsonElement.Parse(bytes));
        }
        catch (Exception e) when (IsMisread(e))
        {
            throw Of(name, e, remedy);
        }
    }

    /// <summary>The same where damage costs nothing but doing something again: null then.</summary>
    public static T? TryRead<T>(ReadOnlySpan<byte> bytes, Func<JsonElement, T?> read)
        where T : class
    {
        try
        {
            return read(JsonElement.Parse(bytes));
        }
        catch (Exception e) when (IsMisread(e))
        {
            return null;
        }
    }

    /// <summary>The same of JSON that says what it is: null for another's, too.</summary>
    public static T? TryRead<T>(ReadOnlySpan<byte> bytes, string schema, Func<JsonElement, T?> read)
        where T : class => TryRead(bytes, json => RecordJson.Text(json, "schema") == schema ? read(json) : null);

    public static StorageException Of(string name, Exception? inner = null, string remedy = Verify) =>
        new($"{name} is damaged: cut off or overwritten. {remedy}", inner) { IsDamage = true };

    /// <summary>True for what is thrown when JSON is not what was written: it is no JSON, or lacks a field, or has one of another type or range.</summary>
    public static bool IsMisread(Exception e) =>
        e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or OverflowException;
}
