using Atmosphere.Bot.Channels.Slack.Webhooks;
using Atmosphere.Recognition.Settings;

namespace Atmosphere.Bot.Console.Health;

/// <summary>
/// GET /healthz/live: the process responds. GET /healthz/ready: it can do its work; 200 or 503, with one sentence per check.
/// </summary>
internal static class HealthServices
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddCheckedOptions<HealthOptions>(HealthOptions.Section);
        services.AddHealthChecks()
            .AddCheck<DatabaseCheck>("database")
            .AddCheck<MediaCheck>("media")
            .AddCheck<DiskCheck>("disk")
            .AddCheck<ModelsCheck>("models")
            .AddCheck<QueuesCheck>("queues")
            .AddCheck<DeadLettersCheck>("dead-letters")
            .AddCheck<ErasuresCheck>("erasures");
        services.AddSingleton<ModelsCheck>();
        services.AddSingleton<RecentHealth>();
        services.AddSingleton<IServerState>(provider => provider.GetRequiredService<RecentHealth>());
        // The category of the checks would repeat what RecentHealth logs once.
        services.AddLogging(logging => logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/healthz/live", (HttpContext context) => Answer(context, 200, new { status = "alive" }));
        endpoints.MapGet("/healthz/ready", async (HttpContext context, RecentHealth health) =>
        {
            var report = await health.GetAsync(context.RequestAborted);
            return Answer(context, report.IsReady ? 200 : 503, report);
        });
    }

    private static IResult Answer(HttpContext context, int status, object body)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(body, statusCode: status);
    }
}
