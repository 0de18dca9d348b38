using IngestPipeline.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace IngestPipeline.Functions;

/// <summary>The app's services: the command line's composition root over the app settings.</summary>
internal static class Registrations
{
    /// <summary>Adds the pipeline; call it after everything that logs.</summary>
    /// <exception cref="InvalidOperationException">A setting is wrong; the message says which and what to write instead.</exception>
    public static IServiceCollection AddPipeline(this IServiceCollection services, IConfiguration settings)
    {
        // Configuration writes the two underscores of an environment variable as a colon.
        var (options, problems) = IngestOptions.Read(name => settings[name.Replace("__", ":", StringComparison.Ordinal)]);
        if (problems.Count > 0)
            throw new InvalidOperationException("The app settings cannot be used: " + string.Join("; ", problems) + ".");
        return services
            .AddIngestPipeline(options)
            .AddSingleton<FirstRun>()
            .AddSingleton<QueueWork>()
            .UseSafeLogs();
    }
}
