using System.Globalization;
using System.Net;
using System.Net.Sockets;
using IngestPipeline.Fetching;
using IngestPipeline.Fetching.Addresses;
using IngestPipeline.Fetching.Hosts;
using IngestPipeline.Fetching.Robots;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Doctor;

/// <summary>Fetches one address as the pipeline would, and tells what happened: what a user needs when a source does not work.</summary>
/// <param name="web">The live web; it should wait for slots with patience.</param>
/// <param name="store">The store that <paramref name="web"/> captures into.</param>
/// <param name="pipeline">A running pipeline's store, to tell what it knows of the host; null for none.</param>
/// <param name="time">The clock.</param>
public sealed class UrlDoctor(LiveWeb web, IBlobStore store, IBlobStore? pipeline, TimeProvider time)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>Examines an address. Never throws for what a server does.</summary>
    public async Task<Diagnosis> ExamineAsync(Uri url, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(url);
        var steps = new List<DiagnosisStep>();
        await HostAsync(steps, url, cancellation).ConfigureAwait(false);
        if (!Address(steps, url)
            || !await LookUpAsync(steps, url, cancellation).ConfigureAwait(false)
            || !await RobotsAsync(steps, url, cancellation).ConfigureAwait(false))
            return End(url, steps);

        await CapturedHops.ReadAsync(store, _seen, cancellation).ConfigureAwait(false);
        var fetched = await web.Fetcher.FetchAsync(new(url) { MaxBytes = PageFetcher.MaxFeedBytes }, cancellation).ConfigureAwait(false);
        var hops = await CapturedHops.ReadAsync(store, _seen, cancellation).ConfigureAwait(false);
        Answer(steps, fetched, hops);
        if (fetched.Status != FetchStatus.Fetched)
            return End(url, steps);

        Redirects(steps, url, fetched, hops);
        new ContentSteps(steps).Add(fetched);
        if (steps.TrueForAll(s => s.Outcome != StepOutcome.Failed))
            await ValidatorsAsync(steps, url, fetched, cancellation).ConfigureAwait(false);
        return End(url, steps);
    }

    // What keeps the pipeline from the host need not keep the doctor from it.
    private async Task HostAsync(List<DiagnosisStep> steps, Uri url, CancellationToken cancellation)
    {
        if (pipeline is null)
            return;
        var host = HostGate.HostOf(url);
        if (await HostGate.ReadAsync(pipeline, host, cancellation).ConfigureAwait(false) is not { } state)
            steps.Add(new("pipeline", StepOutcome.Ok, $"it has not asked {host} yet"));
        else if (state.Waiting is { } why && state.Next > time.GetUtcNow())
            steps.Add(
                new(
                    "pipeline", StepOutcome.Warning,
                    string.Create(CultureInfo.InvariantCulture, $"it leaves {host} alone until {state.Next.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC: {why}")));
        else
            steps.Add(
                new(
                    "pipeline", state.Failures == 0 ? StepOutcome.Ok : StepOutcome.Warning,
                    state.Failures == 0
                        ? $"its last request to {host} was answered"
                        : string.Create(CultureInfo.InvariantCulture, $"its last {state.Failures} requests to {host} failed")));
    }

    private bool Address(List<DiagnosisStep> steps, Uri url)
    {
        if (web.Guard.Refusal(url) is not { } refusal)
            return true;
        var port = url.IsDefaultPort ? "" : string.Create(CultureInfo.InvariantCulture, $":{url.Port}");
        steps.Add(new("address", StepOutcome.Failed, $"{refusal}; if the host may be asked all the same, allow it: --allow-host {url.IdnHost}{port}"));
        return false;
    }

    private async Task<bool> LookUpAsync(List<DiagnosisStep> steps, Uri url, CancellationToken cancellation)
    {
        try
        {
            var addresses = await web.Guard.AddressesAsync(new DnsEndPoint(url.IdnHost, url.Port), cancellation).ConfigureAwait(false);
            var shown = string.Join(", ", addresses.Select(a => a.ToString()));
            steps.Add(new("address", StepOutcome.Ok, addresses.All(PublicAddress.Is) ? $"the host is public: {shown}" : $"the host is allowed: {shown}"));
            return true;
        }
        catch (AddressRefusedException e)
        {
            steps.Add(new("address", StepOutcome.Failed, $"{e.Message}; if the host may be asked all the same, allow it: --allow-host {url.IdnHost}"));
        }
        catch (SocketException e)
        {
            steps.Add(
                new(
                    "address", StepOutcome.Failed,
                    $"the name {url.IdnHost} cannot be looked up ({e.SocketErrorCode}): check its spelling, or the network's name service"));
        }

        return false;
    }

    private async Task<bool> RobotsAsync(List<DiagnosisStep> steps, Uri url, CancellationToken cancellation)
    {
        if (web.Robots is not { } robots)
            return true;
        var answer = await robots.OfAsync(url, cancellation).ConfigureAwait(false);
        if (answer.Rules is not { } rules)
        {
            steps.Add(new("robots.txt", StepOutcome.Failed, answer.Verdict!.Reason));
            return false;
        }

        if (rules.Deciding(url) is { Allow: false } rule)
        {
            steps.Add(new("robots.txt", StepOutcome.Failed, $"it forbids this address (Disallow: {rule.Pattern}); ask the site's owner for leave"));
            return false;
        }

        var pace = rules.CrawlDelay is { } delay
            ? string.Create(CultureInfo.InvariantCulture, $"; it asks for {delay.TotalSeconds:0.#} seconds between requests")
            : "";
        var maps = rules.Sitemaps.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $"; it names {rules.Sitemaps.Count} sitemaps") : "";
        steps.Add(new("robots.txt", StepOutcome.Ok, (rules.Rules.Count == 0 ? "it forbids nothing" : "it allows this address") + pace + maps));
        return true;
    }

    private static void Answer(List<DiagnosisStep> steps, FetchResult fetched, IReadOnlyList<string> hops)
    {
        if (fetched.Status == FetchStatus.Fetched)
        {
            var size = string.Create(
                CultureInfo.InvariantCulture, $"{fetched.Body.Length:N0} bytes{(fetched.Bytes < fetched.Body.Length ? $" ({fetched.Bytes:N0} as sent)" : "")}");
            steps.Add(
                new(
                    "answer", fetched.Truncated ? StepOutcome.Warning : StepOutcome.Ok,
                    $"status {fetched.StatusCode}, {size}{(fetched.Truncated ? "; the body was cut short" : "")}"));
            return;
        }

        var advice = fetched.Status switch
        {
            FetchStatus.Gone => "; the page is not there (any more): look for its new address",
            FetchStatus.Paywalled => "; the server wants credentials or money: set the feed's credential, or leave it out",
            FetchStatus.Unavailable => "; this may pass: the pipeline tries again",
            FetchStatus.Deferred => "; try again later",
            FetchStatus.Refused when fetched.StatusCode == 403 => "; some servers refuse programs: ask the site's owner to let the pipeline's User-Agent in",
            _ => "",
        };
        var wait = fetched.RetryAfter is { } asked ? string.Create(CultureInfo.InvariantCulture, $"; it asks to wait {asked.TotalSeconds:0} seconds") : "";
        var way = hops.Count > 1 ? " (" + string.Join("; ", hops) + ")" : "";
        steps.Add(new("answer", StepOutcome.Failed, fetched.Reason + wait + advice + way));
    }

    private static void Redirects(List<DiagnosisStep> steps, Uri url, FetchResult fetched, IReadOnlyList<string> hops)
    {
        if (fetched.FinalUrl is not { } final || final == url)
            return;
        var way = string.Join("; ", hops);
        steps.Add(fetched.MovedTo is { } moved
            ? new("redirects", StepOutcome.Warning, $"the address has moved for good: write {moved} instead ({way})")
            : new("redirects", StepOutcome.Ok, $"it leads to {final} ({way})"));
    }

    private async Task ValidatorsAsync(List<DiagnosisStep> steps, Uri url, FetchResult fetched, CancellationToken cancellation)
    {
        if ((fetched.ETag ?? fetched.LastModified) is null)
        {
            steps.Add(new("validators", StepOutcome.Warning, "neither ETag nor Last-Modified: every poll fetches all of it"));
            return;
        }

        var again = await web.Fetcher.FetchAsync(
            new(url) { MaxBytes = PageFetcher.MaxFeedBytes, ETag = fetched.ETag, LastModified = fetched.LastModified, Continues = true },
            cancellation).ConfigureAwait(false);
        var names =
            string.Join(" and ", new[] { fetched.ETag is null ? null : "ETag", fetched.LastModified is null ? null : "Last-Modified" }.OfType<string>());
        steps.Add(again.Status switch
        {
            FetchStatus.NotModified when again.StatusCode == 304 => new("validators", StepOutcome.Ok, $"{names}; asked again with them, it answers 304"),
            FetchStatus.NotModified =>
                new("validators", StepOutcome.Warning, $"{names}; asked again with them, it sends everything, but with the same ones: taken as unchanged"),
            FetchStatus.Fetched => new("validators", StepOutcome.Warning, $"{names}; asked again with them, it sends everything"),
            _ => new("validators", StepOutcome.Warning, $"{names}; asked again with them: {again.Reason}"),
        });
    }

    private static Diagnosis End(Uri url, List<DiagnosisStep> steps) => new(
        url,
        steps,
        steps.Find(s => s.Outcome == StepOutcome.Failed) is { } failed ? $"it does not work: {failed.Text}"
            : steps.Exists(s => s.Outcome == StepOutcome.Warning) ? "it works; see the warnings"
            : "it works");
}
