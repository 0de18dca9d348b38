using System.Net;
using System.Net.Sockets;
using IngestPipeline.Archive;
using IngestPipeline.Fetching;
using IngestPipeline.Fetching.Addresses;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Fetching.Addresses;

/// <summary>A listener counts connections: what is refused must make none.</summary>
public sealed class AddressGuardTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly RawServer _listener = RawServer.Of("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _listener.DisposeAsync();

    ValueTask IAsyncDisposable.DisposeAsync() => _listener.DisposeAsync();

    public static TheoryData<string> Refused() =>
    [
        "http://127.0.0.1:PORT/", "http://127.1:PORT/", "http://0177.0.0.1:PORT/", "http://2130706433:PORT/", "http://0x7f.1:PORT/", "http://0x7f000001:PORT/",
        "http://017700000001:PORT/", "http://0:PORT/", "http://0.0.0.0:PORT/", "http://127.0.0.1.:PORT/", "http://①②⑦.⓪.⓪.①:PORT/", "http://１２７.０.０.１:PORT/",
        "http://127。0。0。1:PORT/", "http://localhost:PORT/", "http://LOCALHOST:PORT/", "http://localhost.:PORT/", "http://foo.localhost:PORT/",
        "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:PORT/",
        "http://[::1]:PORT/", "http://[::]:PORT/", "http://[::ffff:127.0.0.1]:PORT/", "http://[::127.0.0.1]:PORT/", "http://[::ffff:7f00:1]:PORT/",
        "http://[0:0:0:0:0:0:0:1]:PORT/",
        "http://[64:ff9b::a9fe:a9fe]:PORT/", "http://[64:ff9b::7f00:1]:PORT/", "http://[2002:7f00:1::]:PORT/", "http://[fe80::1%25eth0]:PORT/",
        "http://[fd00:ec2::254]:PORT/",
        "http://169.254.169.254:PORT/latest/meta-data/", "http://metadata.google.internal:PORT/", "http://168.63.129.16:PORT/", "http://10.0.0.1:PORT/",
        "http://172.16.0.1:PORT/",
        "http://192.168.0.1:PORT/", "http://100.64.0.1:PORT/", "http://198.18.0.1:PORT/", "http://192.0.0.1:PORT/", "http://224.0.0.1:PORT/",
        "http://240.0.0.1:PORT/",
        "http://255.255.255.255:PORT/", "http://example.com@127.0.0.1:PORT/", "http://user:word@post.example:PORT/", "https://127.0.0.1:PORT/",
        "http://intranet:PORT/",
        "http://printer.local:PORT/", "http://router.home.arpa:PORT/", "http://a.internal:PORT/", "http://post.example:6379/", "http://post.example:0/",
        "http://127.0.0.1:22/",
        "file:///etc/passwd", "ftp://post.example/a", "gopher://127.0.0.1:PORT/_", "data:text/html,hi", "javascript:alert(1)", "//127.0.0.1/",
        "http://inside.example:PORT/",
        "http://mixed.example:PORT/", "http://sixonly.example:PORT/", "http://alias.example:PORT/", "http://mapped.example:PORT/",
        "http://nothing.example:PORT/",
    ];

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Refuses_without_a_connection(string url)
    {
        if (!Uri.TryCreate(url.Replace("PORT", Port, StringComparison.Ordinal), UriKind.Absolute, out var address))
            return;
        await using var web = Live(Names);
        var result = await web.Fetcher.FetchAsync(new(address), default);

        // A name without any address is not refused, it does not exist.
        Assert.Equal(url.Contains("nothing", StringComparison.Ordinal) ? FetchStatus.Unavailable : FetchStatus.Refused, result.Status);
        Assert.NotEmpty(result.Reason!);
        Assert.Equal(0, _listener.Connections);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Refuses_a_redirect_to_it_without_a_connection(string url)
    {
        await using var site = await LoopbackSite.StartAsync();
        var target = url.Replace("PORT", Port, StringComparison.Ordinal);
        site.Redirect("/away", target);
        await using var web = Live(Names, site.Host);
        var result = await web.Fetcher.FetchAsync(new(site.Url("/away")), default);

        Assert.Equal(url.Contains("nothing", StringComparison.Ordinal) ? FetchStatus.Unavailable : FetchStatus.Refused, result.Status);
        Assert.Equal(0, _listener.Connections);
        Assert.Equal(["/robots.txt", "/away"], site.Paths);
    }

    [Fact]
    public async Task Refuses_a_robots_txt_that_redirects_inside_and_asks_nothing_of_its_site()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Redirect("/robots.txt", $"http://127.0.0.2:{Port}/robots.txt").Page("/page", "text");
        await using var web = Live(Names, site.Host);
        var result = await web.Fetcher.FetchAsync(new(site.Url("/page")), default);

        Assert.Equal(FetchStatus.Unavailable, result.Status);
        Assert.Equal(0, _listener.Connections);
        Assert.Equal(["/robots.txt"], site.Paths);
    }

    [Fact]
    public async Task A_name_that_changes_its_answer_is_judged_at_each_connection()
    {
        var answers = new Queue<string>(["8.8.8.8", "127.0.0.1"]);
        var guard = new AddressGuard(new(), (_, _) => Task.FromResult(new[] { IPAddress.Parse(answers.Dequeue()) }));

        Assert.Equal([IPAddress.Parse("8.8.8.8")], await guard.AddressesAsync(new("rebind.example", 80), default));
        await Assert.ThrowsAsync<AddressRefusedException>(() => guard.AddressesAsync(new("rebind.example", 80), default));
    }

    [Fact]
    public async Task Connects_to_the_address_that_was_judged()
    {
        // The name does not exist outside of the look-up: only its answer can lead to the listener.
        await using var web = Live((_, _) => Task.FromResult(new[] { IPAddress.Loopback }), "127.0.0.0/8", $"named.example:{Port}");
        var result = await web.Fetcher.FetchAsync(new(new Uri($"http://named.example:{Port}/")), default);
        Assert.Equal(FetchStatus.Fetched, result.Status);
    }

    [Fact]
    public async Task An_allowed_local_name_is_asked()
    {
        await using var fetching = new TestFetching(TestFetching.Options("localhost:" + Port));
        Assert.Equal(FetchStatus.Fetched, (await fetching.FetchAsync(new($"http://localhost:{Port}/"))).Status);
        Assert.Equal(FetchStatus.Refused, (await fetching.FetchAsync(new($"http://127.0.0.1:{Port}/"))).Status);
    }

    [Fact]
    public async Task Tries_the_next_address_where_one_does_not_answer()
    {
        await using var web =
            Live((_, _) => Task.FromResult(new[] { IPAddress.Parse("127.0.0.3"), IPAddress.Loopback }), "127.0.0.0/8", $"named.example:{Port}");
        Assert.Equal(FetchStatus.Fetched, (await web.Fetcher.FetchAsync(new(new Uri($"http://named.example:{Port}/")), default)).Status);
    }

    [Theory]
    [InlineData("http://93.184.215.14/")]
    [InlineData("https://[2606:4700:4700::1111]/")]
    [InlineData("http://bücher.example/")]
    [InlineData("https://post.example:8443/a")]
    [InlineData("http://10.1.2.3:9000/feed")]
    [InlineData("http://feeds.corp:8000/feed")]
    public void Lets_public_and_allowed_addresses_pass(string url)
    {
        var guard = new AddressGuard(new() { AllowHosts = ["10.1.0.0/16", "feeds.corp:8000"] }, Names);
        Assert.Null(guard.Refusal(new(url)));
    }

    [Fact]
    public void An_allowed_host_with_a_port_opens_no_other_port()
    {
        var guard = new AddressGuard(new() { AllowHosts = ["feeds.corp:8000"] }, Names);
        Assert.NotNull(guard.Refusal(new("http://feeds.corp:8001/")));
    }

    [Fact]
    public async Task A_name_looks_up_to_addresses_of_both_kinds()
    {
        var guard = new AddressGuard(new(), (_, _) => Task.FromResult(new[] { IPAddress.Parse("8.8.8.8"), IPAddress.Parse("2606:4700:4700::1111") }));
        Assert.Equal(2, (await guard.AddressesAsync(new("xn--bcher-kva.example", 443), default)).Length);
    }

    [Fact]
    public async Task A_configured_private_proxy_is_used_and_nothing_else_is_opened()
    {
        var options = new FetchOptions { Proxy = new($"http://127.0.0.1:{Port}"), HostGap = TimeSpan.Zero };
        await using var web = LiveWeb.Create(
            new InMemoryBlobStore(), options, TimeProvider.System,
            new AddressGuard(options, (_, _) => throw new SocketException((int)SocketError.HostNotFound)));

        var through = await web.Fetcher.FetchAsync(new(new Uri("http://post.example/page")), default);
        var inside = await web.Fetcher.FetchAsync(new(new Uri($"http://127.0.0.1:{Port}/page")), default);

        Assert.Equal(FetchStatus.Fetched, through.Status);
        Assert.Equal(FetchStatus.Refused, inside.Status);
        Assert.Equal(2, _listener.Connections);
    }

    [Theory]
    [InlineData("http://a.example/")]
    [InlineData("user@a.example")]
    [InlineData("")]
    [InlineData("10.0.0.0/99")]
    public void An_entry_that_is_no_host_is_refused_with_its_text(string entry)
    {
        var error = Assert.Throws<FormatException>(() => new AllowedHosts([entry]));
        Assert.Contains($"'{entry}'", error.Message, StringComparison.Ordinal);
    }

    private string Port => _listener.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private LiveWeb Live(AddressLookup lookup, params string[] allowed)
    {
        var options = new FetchOptions { HostGap = TimeSpan.Zero, AllowedPorts = [80, 443, _listener.Port], AllowHosts = allowed, Capture = false };
        return LiveWeb.Create(new InMemoryBlobStore(), options, TimeProvider.System, new AddressGuard(options, lookup));
    }

    private static Task<IPAddress[]> Names(string host, CancellationToken cancellation) => Task.FromResult<IPAddress[]>(host switch
    {
        "inside.example" => [IPAddress.Loopback],
        "mixed.example" => [IPAddress.Parse("8.8.8.8"), IPAddress.Loopback],
        "sixonly.example" => [IPAddress.IPv6Loopback],
        "mapped.example" => [IPAddress.Parse("::ffff:127.0.0.1")],
        // What a name's alias leads to is all that a resolver tells.
        "alias.example" => [IPAddress.Parse("10.0.0.7")],
        "nothing.example" => [],
        _ => throw new SocketException((int)SocketError.HostNotFound),
    });
}
