using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ZoomCalendar.Web.Startup.Logs;

namespace ZoomCalendar.Tests.Web.Telemetry;

/// <summary>What the app logs, as its JSON lines.</summary>
internal sealed class LogLines : ILoggerProvider
{
    private readonly StringWriter _lines = new();
    private readonly JsonLinesFormatter _formatter = new(TimeProvider.System);

    public IReadOnlyList<string> All
    {
        get
        {
            lock (_lines)
            {
                return _lines.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => new Line(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Line(LogLines owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (owner._lines)
            {
                owner._formatter.Write(new LogEntry<TState>(logLevel, category, eventId, state, exception, formatter), null, owner._lines);
            }
        }
    }
}
