using System.Diagnostics;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Console.Tracing;

/// <summary>
/// Gives every request a correlation id: that of its W3C traceparent header, or a new one. All resulting messages and log lines carry it.
/// </summary>
internal static class CorrelatedRequests
{
    public static void UseCorrelation(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(CorrelatedRequests).FullName!);
        app.Use(async (context, next) =>
        {
            // The web server has parsed the header if it created an activity; otherwise tracing is off.
            var id = Activity.Current?.TraceId.ToHexString() ?? Continued(context.Request.Headers.TraceParent) ?? Guid.CreateVersion7().ToString("N");
            Correlation.Continue(id);
            using var scope = log.BeginScope(new Dictionary<string, object> { ["Correlation"] = id });
            await next(context);
        });
    }

    private static string? Continued(string? traceParent) =>
        ActivityContext.TryParse(traceParent, null, out var parent) ? parent.TraceId.ToHexString() : null;
}
