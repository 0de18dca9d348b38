using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using IngestPipeline.Hosting;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;

namespace IngestPipeline.Functions;

/// <summary>Traces, metrics and logs: to Azure Monitor, to a collector, or to both, as the app settings name them.</summary>
internal static class Telemetry
{
    public static void AddTelemetry(this IServiceCollection services, IConfiguration settings)
    {
        var telemetry = services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .WithTracing(t => t.AddSource(IngestMetrics.Name))
            .WithMetrics(m => m.AddMeter(IngestMetrics.Name));
        if (settings["APPLICATIONINSIGHTS_CONNECTION_STRING"] is { Length: > 0 } connection)
        {
            telemetry.UseAzureMonitorExporter(o =>
            {
                o.ConnectionString = connection;
                // How many traces are kept is said by OTEL_TRACES_SAMPLER; warnings are kept whether their trace is or not.
                o.EnableTraceBasedLogsSampler = false;
                // Opens a connection at every start that nobody watches.
                o.EnableLiveMetrics = false;
                // Local authentication is off: the app's identity sends.
                if (settings["AZURE_CLIENT_ID"] is { Length: > 0 } identity)
                    o.Credential = new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(identity));
            });
        }
        if (settings["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
            telemetry.UseOtlpExporter();
    }
}
