using Microsoft.Extensions.Logging;

namespace IngestPipeline.Hosting;

/// <summary>
/// A log provider behind which every message and value is one harmless line (<see cref="SafeText"/>). An exception is passed on as its type, its
/// cleaned message and its stack: messages of clients quote addresses and headers.
/// </summary>
internal sealed class SafeLoggerProvider(ILoggerProvider inner) : ILoggerProvider, ISupportExternalScope
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new SafeLogger(inner.CreateLogger(categoryName));

    /// <inheritdoc/>
    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => (inner as ISupportExternalScope)?.SetScopeProvider(scopeProvider);

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();
}
