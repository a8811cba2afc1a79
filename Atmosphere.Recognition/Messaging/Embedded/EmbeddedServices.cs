using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Messaging.Embedded;

internal static class EmbeddedServices
{
    public static IServiceCollection AddEmbeddedQueues(this IServiceCollection services)
    {
        services.AddSingleton<QueueSignals>();
        services.AddSingleton<MessageTable>();
        services.AddSingleton<IOutbox, EmbeddedOutbox>();
        // Registered before the workers: services stop in reverse order, so the last counts are written after the workers have stopped.
        services.AddHostedService<QueueStateKeeper>();
        services.AddHostedService<EmbeddedBus>();
        return services;
    }
}
