using System.Text.Json;
using IngestPipeline.Deduplication;

namespace IngestPipeline.Records;

/// <summary>The record that users read: an article's facts and the latest decision about it, joined.</summary>
internal static class RecordView
{
    /// <summary>Joins without reading the facts again: the record is the article's own bytes with the decision's fields behind them.</summary>
    /// <param name="article">The article's JSON as stored.</param>
    /// <param name="decision">The latest decision about it.</param>
    /// <param name="copies">The other members of its group when it is canonical, by (first seen, id); else empty.</param>
    /// <param name="room">Where it is written; null = an array of its own.</param>
    public static ReadOnlyMemory<byte> Write(
        ReadOnlySpan<byte> article, PublishedDecision decision, IReadOnlyList<PublishedDecision> copies, RecordRoom? room = null)
    {
        var tail = RecordJson.Object(json =>
        {
            json.WriteStartObject("copy");
            json.WriteNumber("revision", decision.Revision);
            DecisionJson.WriteDecision(json, decision.Decision);
            json.WriteEndObject();
            WriteCopies(json, copies);
            json.WriteString("storyId", decision.Decision.StoryId);
        });

        // {…facts…} + {…decision…} = {…facts…,…decision…}
        var length = article.Length + tail.Length - 1;
        var record = room?.Take(length) ?? new byte[length];
        var bytes = record.Span;
        article[..^1].CopyTo(bytes);
        bytes[article.Length - 1] = (byte)',';
        tail.AsSpan(1).CopyTo(bytes[article.Length..]);
        return record;
    }

    private static void WriteCopies(Utf8JsonWriter json, IReadOnlyList<PublishedDecision> copies)
    {
        json.WriteStartArray("copies");
        foreach (var copy in copies)
        {
            json.WriteStartObject();
            json.WriteString("id", copy.Id);
            json.WriteString("outlet", copy.Outlet);
            json.WriteString("url", copy.Url);
            json.WriteString("firstSeen", RecordJson.Time(copy.FirstSeen));
            json.WriteString("kind", RecordJson.Name(copy.Decision.Kind));
            json.WriteNumber("similarity", RecordJson.Share(copy.Decision.Similarity));
            WriteDifference(json, copy.Decision.Evidence);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // What the copy has beyond the article that it was compared with, and what it lacks of it, as shares of each one's shingles.
    private static void WriteDifference(Utf8JsonWriter json, CopyEvidence? evidence)
    {
        json.WriteString("comparedWith", evidence?.OtherId);
        if (evidence is null)
        {
            json.WriteNull("added");
            json.WriteNull("cut");
            return;
        }

        json.WriteNumber("added", RecordJson.Share(10_000 - evidence.ContainedIn));
        json.WriteNumber("cut", RecordJson.Share(10_000 - evidence.Contains));
    }
}
