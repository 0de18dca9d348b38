using IngestPipeline.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IngestPipeline.Tests.Hosting;

public sealed partial class SafeLogsTests : IDisposable
{
    private readonly Recorder _recorder = new();
    private readonly ServiceProvider _services;
    private readonly ILogger _logger;

    public SafeLogsTests()
    {
        _services = new ServiceCollection().AddSingleton<ILoggerProvider>(_recorder).UseSafeLogs().BuildServiceProvider();
        _logger = _services.GetServices<ILoggerProvider>().Single().CreateLogger("test");
    }

    public void Dispose()
    {
        _services.Dispose();
        _recorder.Dispose();
    }

    [Fact]
    public void Values_and_message_carry_no_credentials_and_no_line_breaks()
    {
        FeedFailed(_logger, new Uri("https://u:CANARY@feeds.example/a?sig=CANARY"), "401\r\nfake entry \u001b[31m Authorization: Basic CANARY");

        var entry = Assert.Single(_recorder.Entries);
        Assert.DoesNotContain("CANARY", entry, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', entry);
        Assert.DoesNotContain('\u001b', entry);
        Assert.Contains("Address=https://feeds.example/a", entry, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_keeps_type_and_stack_and_loses_what_its_message_quotes()
    {
        try
        {
            throw new InvalidOperationException("outer", new HttpRequestException("GET https://a.example/?sig=CANARY\nAuthorization: Bearer CANARY"));
        }
        catch (InvalidOperationException e)
        {
            Failed(_logger, e);
        }

        var entry = Assert.Single(_recorder.Entries);
        Assert.DoesNotContain("CANARY", entry, StringComparison.Ordinal);
        Assert.Contains("System.Net.Http.HttpRequestException", entry, StringComparison.Ordinal);
        Assert.Contains(nameof(An_exception_keeps_type_and_stack_and_loses_what_its_message_quotes), entry, StringComparison.Ordinal);
    }

    [LoggerMessage(1, LogLevel.Warning, "Feed at {Address} failed: {Reason}")]
    private static partial void FeedFailed(ILogger logger, Uri address, string reason);

    [LoggerMessage(2, LogLevel.Error, "Stage failed")]
    private static partial void Failed(ILogger logger, Exception e);

    /// <summary>Writes down everything that a provider could send on.</summary>
    private sealed class Recorder : ILoggerProvider, ILogger
    {
        public List<string> Entries { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(p => $"{p.Key}={p.Value}")) : "";
            Entries.Add($"{formatter(state, exception)} {values} {exception}".Replace(Environment.NewLine + "   at", " at", StringComparison.Ordinal));
        }

        public void Dispose()
        {
        }
    }
}
