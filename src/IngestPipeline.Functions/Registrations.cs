using IngestPipeline.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace IngestPipeline.Functions;

/// <summary>The app's services: the same composition root as the command line's.</summary>
internal static class Registrations
{
    public static void AddPipeline(this IServiceCollection services, IConfiguration settings)
    {
        _ = settings;
        services.UseSafeLogs();
    }
}
