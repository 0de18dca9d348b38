namespace IngestPipeline.Records;

/// <summary>An article's id in 64 bits, spread evenly.</summary>
internal static class IdKey
{
    public static ulong Of(string id)
    {
        var key = Fnv1a.Of(id);
        key = (key ^ (key >> 32)) * 0xBF58476D1CE4E5B9;
        return key ^ (key >> 29);
    }
}
