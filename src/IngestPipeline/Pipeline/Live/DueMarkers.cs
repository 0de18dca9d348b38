using System.Globalization;
using System.Runtime.CompilerServices;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Live;

/// <summary>
/// Articles listed by the minute at which someone looks at them: an empty blob each, <c>{prefix}{yyyyMMddHHmm}-{id}-{n}</c>. Names sort by time, so
/// that a look at the due ones costs one listing, however many wait; the number keeps two markers of one minute apart.
/// </summary>
internal sealed class DueMarkers(IBlobStore store, string prefix)
{
    private const string Format = "yyyyMMddHHmm";

    /// <summary>The name's last part for a time, rounded up to the minute.</summary>
    public static string Key(DateTimeOffset at, string id, int number)
    {
        var ticks = at.UtcTicks + TimeSpan.TicksPerMinute - 1;
        return new DateTime(ticks - (ticks % TimeSpan.TicksPerMinute), DateTimeKind.Utc).ToString(Format, CultureInfo.InvariantCulture)
            + string.Create(CultureInfo.InvariantCulture, $"-{id}-{number}");
    }

    public static string IdOf(string key) => key[(Format.Length + 1)..key.LastIndexOf('-')];

    public Task CreateAsync(string key, CancellationToken cancellation) => store.CreateAsync(prefix + key, default, cancellation);

    public Task DeleteAsync(string key, CancellationToken cancellation) => store.DeleteAsync(prefix + key, null, cancellation);

    /// <summary>The keys whose time has come, the longest due first.</summary>
    public async IAsyncEnumerable<string> DueAsync(DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var until = now.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);
        await foreach (var item in store.ListAsync(prefix, cancellation).ConfigureAwait(false))
        {
            var key = item.Name[prefix.Length..];
            if (key.Length <= Format.Length + 34 || key[Format.Length] != '-' || key[Format.Length + 33] != '-')
                continue;
            if (string.CompareOrdinal(key, 0, until, 0, Format.Length) > 0)
                yield break;
            yield return key;
        }
    }

    /// <summary>How many there are.</summary>
    public async Task<int> CountAsync(CancellationToken cancellation)
    {
        var count = 0;
        await foreach (var _ in store.ListAsync(prefix, cancellation).ConfigureAwait(false))
            count++;
        return count;
    }
}
