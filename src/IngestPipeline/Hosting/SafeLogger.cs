using Microsoft.Extensions.Logging;

namespace IngestPipeline.Hosting;

/// <summary>Cleans what is logged before the logger behind it sees it.</summary>
internal sealed class SafeLogger(ILogger inner) : ILogger
{
    // Of a template only the placeholders come from outside; its own words are ours.
    private const string Template = "{OriginalFormat}";

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        if (!inner.IsEnabled(logLevel))
            return;
        var message = SafeText.Of(formatter(state, null));
        if (exception is not null)
            message += $" [{exception.GetType().Name}: {SafeText.Of(exception.Message)}]";

        var values = new List<KeyValuePair<string, object?>>();
        if (state is IReadOnlyList<KeyValuePair<string, object?>> given)
        {
            foreach (var (name, value) in given)
                values.Add(new(name, name == Template ? value : Clean(value)));
        }
        for (var (at, depth) = (exception, 0); at is not null && depth < 4; at = at.InnerException, depth++)
        {
            var prefix = depth == 0 ? "exception" : $"exception.inner{depth}";
            values.Add(new(prefix + ".type", at.GetType().FullName));
            values.Add(new(prefix + ".message", SafeText.Of(at.Message)));
            if (at.StackTrace is { } stack)
                values.Add(new(prefix + ".stacktrace", stack));
        }
        inner.Log(logLevel, eventId, values, exception: null, (_, _) => message);
    }

    // Numbers, times and enums cannot carry text from outside; everything else is cleaned as the text it would show.
    private static object? Clean(object? value) => value switch
    {
        null or bool or Enum or DateTimeOffset or DateTime or TimeSpan or Guid => value,
        _ when value.GetType().IsPrimitive => value,
        Uri address => SafeText.Of(address),
        _ => SafeText.Of(value.ToString()),
    };
}
