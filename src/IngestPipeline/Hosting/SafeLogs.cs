using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace IngestPipeline.Hosting;

/// <summary>Puts <see cref="SafeLoggerProvider"/> around every log provider, so that no call site can leak what it was handed.</summary>
public static class SafeLogs
{
    /// <summary>Wraps the providers that are registered so far: call it last.</summary>
    public static IServiceCollection UseSafeLogs(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        var providers = services.Where(s => s.ServiceType == typeof(ILoggerProvider) && !s.IsKeyedService).ToList();
        foreach (var provider in providers)
        {
            services.Remove(provider);
            services.Add(ServiceDescriptor.Describe(typeof(ILoggerProvider), s => new SafeLoggerProvider(Make(provider, s)), provider.Lifetime));
        }
        return services;
    }

    private static ILoggerProvider Make(ServiceDescriptor descriptor, IServiceProvider services) =>
        (ILoggerProvider)(descriptor.ImplementationInstance
            ?? descriptor.ImplementationFactory?.Invoke(services)
            ?? ActivatorUtilities.CreateInstance(services, descriptor.ImplementationType!));
}
