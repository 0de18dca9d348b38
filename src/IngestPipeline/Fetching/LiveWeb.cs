using IngestPipeline.Archive;
using IngestPipeline.Fetching.Addresses;
using IngestPipeline.Fetching.Hosts;
using IngestPipeline.Fetching.Robots;
using IngestPipeline.Storage;

namespace IngestPipeline.Fetching;

/// <summary>
/// The live web behind a <see cref="PageFetcher"/>: robots.txt, one request at a time and a gap per host over all instances, a retry of refused connections,
/// the capture of every attempt, and the address rules. Safe for concurrent use; one is enough for a process.
/// </summary>
public sealed class LiveWeb : IAsyncDisposable
{
    private readonly HttpMessageHandler _handler;
    private readonly CaptureStore? _captures;

    private LiveWeb(HttpMessageHandler handler, LiveSetting setting, AddressGuard guard, RobotsCache? robots) =>
        (_handler, _captures, Fetcher, Guard, Robots) = (handler, setting.Captures, new(handler, setting), guard, robots);

    /// <summary>Fetches from the live web.</summary>
    public PageFetcher Fetcher { get; }

    /// <summary>The address rules.</summary>
    internal AddressGuard Guard { get; }

    /// <summary>What robots.txt files say; null when they are not asked for.</summary>
    internal RobotsCache? Robots { get; }

    /// <summary>Sets the pipeline up; nothing is asked yet.</summary>
    /// <param name="store">Where captures, host states and robots.txt files are kept.</param>
    /// <param name="options">Limits and names.</param>
    /// <param name="time">The clock of everything.</param>
    /// <exception cref="FormatException">An entry of <see cref="FetchOptions.AllowHosts"/> is none; the message names it.</exception>
    public static LiveWeb Create(IBlobStore store, FetchOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        return Create(store, options, time, new AddressGuard(options));
    }

    /// <summary>The same over another innermost handler: what stands above it is all of the pipeline but the sockets.</summary>
    internal static LiveWeb Create(IBlobStore store, FetchOptions options, TimeProvider time, HttpMessageHandler innermost) =>
        Create(store, options, time, new AddressGuard(options), innermost);

    internal static LiveWeb Create(IBlobStore store, FetchOptions options, TimeProvider time, AddressGuard guard, HttpMessageHandler? innermost = null)
    {
        var memory = new PayloadMemory(new CaptureOptions().RevisitMemory);
        var captures = options.Capture ? new CaptureStore(store, memory, time) : null;
        var setting = new LiveSetting(options, captures, time);
        // From the inside out.
        HttpMessageHandler handler = new CaptureHandler(time, Bounds(options), memory) { InnerHandler = innermost ?? Sockets(options, guard) };
        handler = new ResilienceHandler(time, options.TotalDeadline) { InnerHandler = handler };
        handler = new HostGateHandler(new HostGate(store, options, time), options, time) { InnerHandler = handler };
        handler = new GuardHandler(guard, time) { InnerHandler = handler };
        var robots = options.ObeyRobots ? new RobotsCache(new(handler, setting), store, time) : null;
        if (robots is not null)
            handler = new RobotsHandler(robots, guard, time) { InnerHandler = handler };
        return new(handler, setting, guard, robots);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Fetcher.Dispose();
        _handler.Dispose();
        _captures?.Dispose();
        return ValueTask.CompletedTask;
    }

    private static CaptureOptions Bounds(FetchOptions options) =>
        new() { MaxBodyBytes = options.MaxBodyBytes, MinimumRate = options.MinimumRate, RateWindow = options.RateWindow, RevisitAge = options.RevisitAge };

    private static SocketsHttpHandler Sockets(FetchOptions options, AddressGuard guard) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = System.Net.DecompressionMethods.None,
        UseCookies = false,
        UseProxy = options.Proxy is not null,
        Proxy = options.Proxy is { } proxy ? new System.Net.WebProxy(proxy) : null,
        ConnectTimeout = options.ConnectTimeout,
        MaxResponseHeadersLength = options.MaxHeaderKilobytes,
        // A name's new address is noticed, and an idle connection is not the server's burden.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        // Servers write addresses in UTF-8 where the standard asks for ASCII.
        ResponseHeaderEncodingSelector = (name, _) => name.Equals("Location", StringComparison.OrdinalIgnoreCase) ? System.Text.Encoding.UTF8 : null,
        // A validator goes back byte for byte, whatever its server made it of.
        RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.Latin1,
        ConnectCallback = guard.ConnectAsync,
    };
}
