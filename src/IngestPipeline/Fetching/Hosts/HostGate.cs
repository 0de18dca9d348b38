using System.Globalization;
using System.Security.Cryptography;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Fetching.Hosts;

/// <summary>
/// Lets one request at a time through to a host, with a gap after each, over all instances that share a store. A slot is claimed by
/// compare-and-swap on the host's state; a claim that its worker never gives back runs out.
/// </summary>
internal sealed class HostGate(IBlobStore store, FetchOptions options, TimeProvider time)
{
    /// <summary>Failures in a row from which the host is left alone for longer.</summary>
    public const int FailuresToOpen = 5;

    private const int MostTries = 10;
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan FirstOpen = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestOpen = TimeSpan.FromMinutes(10);

    // What a host may ask for with Retry-After, and an hour.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(25);

    // Without that no slot lies nearly so far ahead: gaps, deadlines and patience are minutes.
    private static readonly TimeSpan LongestPlain = TimeSpan.FromHours(1);
    private static readonly TimeSpan FurthestTicket = TimeSpan.FromHours(6);

    /// <summary>The host of an address, the unit of politeness.</summary>
    public static string HostOf(Uri url) =>
        url.IsDefaultPort
            ? url.IdnHost.TrimEnd('.').ToLowerInvariant()
            : string.Create(CultureInfo.InvariantCulture, $"{url.IdnHost.TrimEnd('.').ToLowerInvariant()}:{url.Port}");

    /// <summary>What a store knows of a host; null when it was never asked.</summary>
    public static async Task<HostState?> ReadAsync(IBlobStore store, string host, CancellationToken cancellation) =>
        await store.ReadAsync(StoreNames.Host(ArticleId.Of(host)), cancellation).ConfigureAwait(false) is { } stored
            ? HostState.Read(host, stored.Content.Span)
            : null;

    /// <summary>
    /// Claims the host's next slot as soon as nobody else's request is under way. A slot behind a request that is under way could only begin when that
    /// counts as lost, long after it has ended, and what its answer says of the host would not be noted any more.
    /// </summary>
    /// <param name="host">The host, by <see cref="HostOf"/>.</param>
    /// <param name="gap">How long the host is to be left alone after a request.</param>
    /// <param name="patience">How long to wait for a slot at most, and how far ahead it may lie.</param>
    /// <param name="cancellation">Stops the wait.</param>
    public async Task<HostSlot> WaitAsync(string host, TimeSpan gap, TimeSpan patience, CancellationToken cancellation)
    {
        for (var until = time.GetUtcNow() + patience; ;)
        {
            var now = time.GetUtcNow();
            var state = await ReadAsync(store, host, cancellation).ConfigureAwait(false);
            if (state?.BusyUntil is not { } busy || busy <= now || until <= now)
                return await ClaimAsync(host, gap, patience, cancellation).ConfigureAwait(false);
            var next = Later(state.Next, now + LookAgain);
            await Task.Delay((next < busy ? next : busy) - now, time, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Claims the host's next slot if it begins soon, without waiting for it; else says when to come again.</summary>
    /// <param name="host">The host, by <see cref="HostOf"/>.</param>
    /// <param name="gap">How long the host is to be left alone after a request.</param>
    /// <param name="patience">How far ahead the slot may lie.</param>
    /// <param name="cancellation">Stops the claim.</param>
    public async Task<HostSlot> ClaimAsync(string host, TimeSpan gap, TimeSpan patience, CancellationToken cancellation)
    {
        var name = StoreNames.Host(ArticleId.Of(host));
        for (var tries = 0; tries < MostTries; tries++)
        {
            var stored = await store.ReadAsync(name, cancellation).ConfigureAwait(false);
            var state = stored is null ? new() { Host = host } : HostState.Read(host, stored.Content.Span);
            var now = time.GetUtcNow();
            var free = Sane(state.BusyUntil ?? state.Next, state, now);
            var start = free > now ? free : now;
            if (start - now > patience)
                return await DeferAsync(name, stored, state, now, gap, cancellation).ConfigureAwait(false);

            var holder = RandomNumberGenerator.GetHexString(16, lowercase: true);
            var claim = state with { Next = start + gap, BusyUntil = start + options.TotalDeadline + gap, Holder = holder };
            if (await WriteAsync(name, stored, claim, cancellation).ConfigureAwait(false))
                return new(host, holder, start, gap, null);
        }

        // Whoever lost so often competes with many: there is no slot soon.
        return new(host, null, time.GetUtcNow() + gap, gap, "many workers ask for the host's next slot");
    }

    /// <summary>Gives a slot back once the answer is complete, and notes what it told about the host.</summary>
    public async Task ReleaseAsync(HostSlot slot, HostOutcome outcome, CancellationToken cancellation)
    {
        var name = StoreNames.Host(ArticleId.Of(slot.Host));
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (await store.ReadAsync(name, cancellation).ConfigureAwait(false) is not { } stored)
                return;
            var state = HostState.Read(slot.Host, stored.Content.Span);
            // Run out and taken by another: that claim stands.
            if (state.Holder != slot.Holder)
                return;
            if (await WriteAsync(name, stored, Released(state, slot.Gap, outcome), cancellation).ConfigureAwait(false))
                return;
        }
    }

    private HostState Released(HostState state, TimeSpan gap, HostOutcome outcome)
    {
        var failures = outcome.Failed switch { true => state.Failures + 1, false => 0, null => state.Failures };
        var open = outcome.Failed == true && failures >= FailuresToOpen
            ? TimeSpan.FromTicks(Math.Min(FirstOpen.Ticks << Math.Min(failures - FailuresToOpen, 10), LongestOpen.Ticks))
            : TimeSpan.Zero;
        var (wait, why) = outcome.RetryAfter is { } asked && asked >= open && asked > gap ? (asked, "the host asked to wait (Retry-After)")
            : open > gap ? (open, string.Create(CultureInfo.InvariantCulture, $"the host failed {failures} times in a row"))
            : (gap, null);
        return state with { Next = time.GetUtcNow() + wait, BusyUntil = null, Holder = null, Failures = failures, Waiting = why };
    }

    // Each who comes too early is told another time, so that they do not all come back at once.
    private async Task<HostSlot> DeferAsync(string name, StoredBlob? stored, HostState state, DateTimeOffset now, TimeSpan gap, CancellationToken cancellation)
    {
        var next = Sane(state.Next, state, now);
        var come = Later(Later(next, now + TimeSpan.FromSeconds(1)), state.Ticket - now < FurthestTicket ? state.Ticket + gap : next);
        // A lost race costs only the spread.
        await WriteAsync(name, stored, state with { Ticket = come }, cancellation).ConfigureAwait(false);
        return new(
            state.Host, null, come, gap,
            state.Waiting ?? (state.BusyUntil is null ? "the host's next slot is not due" : "another request to the host is under way"));
    }

    private async Task<bool> WriteAsync(string name, StoredBlob? stored, HostState state, CancellationToken cancellation) =>
        (await store.SwapAsync(name, state.ToJson(), stored?.ETag, cancellation).ConfigureAwait(false)).Written;

    // A clock that ran ahead must not close a host for as long.
    private static DateTimeOffset Sane(DateTimeOffset time, HostState state, DateTimeOffset now) =>
        time - now > (state.Waiting is null ? LongestPlain : LongestWait) ? now : time;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
