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
        // Before the workers: services stop the other way round, and the last counts are written when the workers have ended.
        services.AddHostedService<QueueStateKeeper>();
        services.AddHostedService<EmbeddedBus>();
        return services;
    }
}
