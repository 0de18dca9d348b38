using IngestPipeline.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace IngestPipeline.Cli.Telemetry;

/// <summary>
/// Sends traces, metrics and logs to the collector that <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names; the other <c>OTEL_</c> variables (protocol,
/// headers, interval, service name) count as the OpenTelemetry specification says. Without the variable there is none of it.
/// </summary>
internal sealed class OtlpTelemetry : IDisposable
{
    public const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;
    private readonly Action<string, OtlpExporterOptions> _export;

    private OtlpTelemetry(Action<string, OtlpExporterOptions> export)
    {
        _export = export;
        _traces = Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(Describe)
            .AddSource(IngestMetrics.Name)
            .AddOtlpExporter(o => export("v1/traces", o))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(Describe)
            .AddMeter(IngestMetrics.Name)
            .AddOtlpExporter(o => export("v1/metrics", o))
            .Build();
    }

    /// <summary>Starts sending, if the environment names a collector.</summary>
    /// <exception cref="CliException">It names something that is no address.</exception>
    public static OtlpTelemetry? Start(Func<string, string?> environment)
    {
        var endpoint = environment(EndpointVariable);
        if (string.IsNullOrWhiteSpace(endpoint))
            return null;
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new CliException($"{EndpointVariable} is no http address; write for example http://localhost:4317, or unset it.");
        // The exporter reads the environment by itself.
        return new((_, _) => { });
    }

    /// <summary>Sends to a collector over HTTP, whatever the environment says.</summary>
    internal static OtlpTelemetry To(Uri collector) => new((path, options) =>
    {
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = new Uri(collector, path);
    });

    /// <summary>Adds the collector to where logs go.</summary>
    public void AddLogs(ILoggingBuilder logging) => logging.AddOpenTelemetry(o =>
    {
        o.IncludeFormattedMessage = true;
        o.SetResourceBuilder(Described());
        o.AddOtlpExporter(e => _export("v1/logs", e));
    });

    /// <summary>Sends what is left, for at most a few seconds.</summary>
    public void Dispose()
    {
        _metrics.Dispose();
        _traces.Dispose();
    }

    private static ResourceBuilder Described()
    {
        var resource = ResourceBuilder.CreateDefault();
        Describe(resource);
        return resource;
    }

    private static void Describe(ResourceBuilder resource)
    {
        var version = typeof(OtlpTelemetry).Assembly.GetName().Version?.ToString(3);
        // Later attributes do not replace earlier ones of the environment: a name that the user gave stays.
        resource.AddService("ingest", serviceVersion: version, autoGenerateServiceInstanceId: false).AddEnvironmentVariableDetector();
    }
}
