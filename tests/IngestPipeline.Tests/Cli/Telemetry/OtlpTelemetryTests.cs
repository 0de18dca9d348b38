using System.Net;
using System.Text;
using IngestPipeline.Cli;
using IngestPipeline.Cli.Telemetry;
using IngestPipeline.Hosting;
using IngestPipeline.Records;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IngestPipeline.Tests.Cli.Telemetry;

public sealed partial class OtlpTelemetryTests
{
    [Fact]
    public async Task Metrics_traces_and_logs_reach_a_collector_and_carry_no_secrets()
    {
        await using var collector = new Collector();
        using (var telemetry = OtlpTelemetry.To(collector.Address))
        {
            await using var services = new ServiceCollection()
                .AddLogging(telemetry.AddLogs)
                .UseSafeLogs()
                .BuildServiceProvider();
            using var metrics = new IngestMetrics();
            metrics.Article(Disposition.Written);
            using (TraceContext.Start("ReadFeed"))
            {
                var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("ingest");
                Failed(logger, "AccountKey=CANARY;\r\nAuthorization: Basic CANARY", new HttpRequestException("https://a.example/?sig=CANARY"));
            }
        }

        Assert.Contains("ingest.articles", collector.Text("/v1/metrics"), StringComparison.Ordinal);
        Assert.Contains("written", collector.Text("/v1/metrics"), StringComparison.Ordinal);
        Assert.Contains("ReadFeed", collector.Text("/v1/traces"), StringComparison.Ordinal);
        Assert.Contains("HttpRequestException", collector.Text("/v1/logs"), StringComparison.Ordinal);
        Assert.All(["/v1/metrics", "/v1/traces", "/v1/logs"], path => Assert.DoesNotContain("CANARY", collector.Text(path), StringComparison.Ordinal));
    }

    [Fact]
    public void There_is_no_telemetry_unless_the_environment_asks_for_it() => Assert.Null(OtlpTelemetry.Start(_ => null));

    [Theory]
    [InlineData("localhost:4317")]
    [InlineData("file:///tmp")]
    public void An_endpoint_that_is_no_address_is_refused_with_what_to_write(string endpoint)
    {
        var refused = Assert.Throws<CliException>(() => OtlpTelemetry.Start(name => name == OtlpTelemetry.EndpointVariable ? endpoint : null));

        Assert.Contains("http://localhost:4317", refused.Message, StringComparison.Ordinal);
    }

    [LoggerMessage(1, LogLevel.Warning, "Failed: {Reason}")]
    private static partial void Failed(ILogger logger, string reason, Exception e);

    /// <summary>An OTLP collector on this machine that keeps what it is sent.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly Dictionary<string, StringBuilder> _received = [];
        private readonly Task _work;

        public Collector()
        {
            // A free port of the system's choosing; taken again at once.
            using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
            {
                probe.Start();
                Address = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
            }
            _listener.Prefixes.Add(Address.ToString());
            _listener.Start();
            _work = Task.Run(ReceiveAsync);
        }

        public Uri Address { get; }

        public string Text(string path)
        {
            lock (_received)
                return _received.TryGetValue(path, out var text) ? text.ToString() : "";
        }

        public async ValueTask DisposeAsync()
        {
            _listener.Close();
            await _work;
        }

        private async Task ReceiveAsync()
        {
            while (true)
            {
                HttpListenerContext request;
                try
                {
                    request = await _listener.GetContextAsync();
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
                // Protobuf keeps strings as they are: as Latin-1 every byte is a character, so that text can be looked for.
                using var reader = new StreamReader(request.Request.InputStream, Encoding.Latin1);
                var body = await reader.ReadToEndAsync();
                lock (_received)
                {
                    var path = request.Request.Url!.AbsolutePath;
                    if (!_received.TryGetValue(path, out var text))
                        _received[path] = text = new();
                    text.Append(body);
                }
                request.Response.ContentType = "application/x-protobuf";
                request.Response.Close();
            }
        }
    }
}
