using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Messaging.Embedded;

internal static class EmbeddedServices
{
    public static IServiceCollection AddEmbeddedQueues(this IServiceCollection services)
    {
        services.AddSingleton<QueueSignals>();
        services.AddSingleton<MessageTable>();
        services.AddSingleton<IOutbox, EmbeddedOutbox>();
        services.AddHostedService<EmbeddedBus>();
        return services;
    }
}
