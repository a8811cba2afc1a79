using System.Diagnostics;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Bot.Console.Tracing;

/// <summary>
/// Every request has a correlation id: that of its W3C traceparent header, else a new one. All messages that it causes carry it on, and so do
/// the log lines.
/// </summary>
internal static class CorrelatedRequests
{
    public static void UseCorrelation(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(CorrelatedRequests).FullName!);
        app.Use(async (context, next) =>
        {
            // The web server has read the header where it made an activity; where it made none, nobody traces.
            var id = Activity.Current?.TraceId.ToHexString() ?? Continued(context.Request.Headers.TraceParent) ?? Guid.CreateVersion7().ToString("N");
            Correlation.Continue(id);
            using var scope = log.BeginScope(new Dictionary<string, object> { ["Correlation"] = id });
            await next(context);
        });
    }

    private static string? Continued(string? traceParent) =>
        ActivityContext.TryParse(traceParent, null, out var parent) ? parent.TraceId.ToHexString() : null;
}
