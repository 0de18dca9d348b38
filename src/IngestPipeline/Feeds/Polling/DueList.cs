using System.Globalization;
using IngestPipeline.Storage;

namespace IngestPipeline.Feeds.Polling;

/// <summary>
/// Which feeds are due, without reading every state: an empty blob a feed, <c>due/{yyyyMMddTHHmm}-{feedId}</c>. Names sort by time, so that a
/// look at the due ones costs one listing. The state is the truth; a marker that disagrees with it is put right when the feed is next read.
/// </summary>
/// <remarks>
/// Times are rounded up to the minute. Rounded down, a marker would be due before its feed: the timer would send a message too early, and whoever read it
/// would put the marker back under the name that the timer is about to delete.
/// </remarks>
/// <param name="store">The store.</param>
internal sealed class DueList(IBlobStore store)
{
    private const string Prefix = "due/";
    private const string Format = "yyyyMMdd'T'HHmm";

    /// <summary>The feeds whose time has come, the longest overdue first, one marker each.</summary>
    public async IAsyncEnumerable<DueFeed> DueAsync(
        DateTimeOffset now, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var item in store.ListAsync(Prefix, cancellation).ConfigureAwait(false))
        {
            if (Read(item.Name) is not { } due)
                continue;
            if (due.At > now)
                yield break;
            yield return due;
        }
    }

    /// <summary>Every marker, in the order of their times.</summary>
    public async IAsyncEnumerable<DueFeed> AllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var item in store.ListAsync(Prefix, cancellation).ConfigureAwait(false))
        {
            if (Read(item.Name) is { } due)
                yield return due;
        }
    }

    /// <summary>Sets when a feed is due, in place of an earlier time. Created first and deleted last: a crash leaves two markers, never none.</summary>
    public async Task MoveAsync(string feedId, DateTimeOffset? from, DateTimeOffset to, CancellationToken cancellation)
    {
        var name = Name(feedId, to);
        await store.CreateAsync(name, default, cancellation).ConfigureAwait(false);
        if (from is { } old && Name(feedId, old) is var gone && gone != name)
            await store.DeleteAsync(gone, null, cancellation).ConfigureAwait(false);
    }

    /// <summary>Takes a feed's marker away: it is not polled any more.</summary>
    public async Task RemoveAsync(DueFeed due, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(due);
        await store.DeleteAsync(Name(due.FeedId, due.At), null, cancellation).ConfigureAwait(false);
    }

    /// <summary>The time as a marker holds it: rounded up to the minute.</summary>
    public static DateTimeOffset Minute(DateTimeOffset time)
    {
        var ticks = Math.Min(time.UtcTicks, DateTimeOffset.MaxValue.UtcTicks - TimeSpan.TicksPerMinute) + TimeSpan.TicksPerMinute - 1;
        return new(ticks - (ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
    }

    private static string Name(string feedId, DateTimeOffset at) =>
        Prefix + Minute(at).UtcDateTime.ToString(Format, CultureInfo.InvariantCulture) + "-" + feedId;

    private static DueFeed? Read(string name) =>
        name.Length > Prefix.Length + 14 && name[Prefix.Length + 13] == '-'
        && DateTimeOffset.TryParseExact(name.AsSpan(Prefix.Length, 13), Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? new(name[(Prefix.Length + 14)..], at)
            : null;
}
